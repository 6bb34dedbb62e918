using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;

namespace DinOrleans.Training.Samples.Rankings;

/// <summary>Says which event types are impressions and which are positives of which task.</summary>
internal sealed class EventRoles
{
    private const int MaxTasks = 32;
    private readonly uint[] _tasks;
    private readonly int _impression;

    public EventRoles(FeatureSchema schema)
    {
        if (schema.Tasks.Count > MaxTasks)
        {
            throw new InvalidContentException($"schema.json: samples can be made for at most {MaxTasks} tasks");
        }

        IReadOnlyList<string> types = schema.EventTypes;
        _tasks = new uint[types.Count];
        _impression = -1;
        for (int type = 0; type < types.Count; type++)
        {
            for (int task = 0; task < schema.Tasks.Count; task++)
            {
                _tasks[type] |= schema.Tasks[task].PositiveEvents.Contains(types[type]) ? 1u << task : 0;
            }

            _impression = types[type] == FeatureSchema.Impression ? type : _impression;
        }
    }

    /// <summary>True if events of the type say what a ranking showed.</summary>
    public bool IsImpression(byte type) => type == _impression;

    /// <summary>A bit per task. Bit k is set if events of the type are positives of task k.</summary>
    public uint Tasks(byte type) => _tasks[type];
}
