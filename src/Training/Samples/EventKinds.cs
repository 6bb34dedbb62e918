using DinOrleans.Model.Schema;

namespace DinOrleans.Training.Samples;

/// <summary>What each event type of a schema means for samples.</summary>
internal sealed class EventKinds
{
    /// <summary>The event type that says "was shown".</summary>
    public const string Impression = "impression";

    private readonly bool[][] _positive;
    private readonly bool[] _anyTask;
    private readonly bool[] _behaviour;
    private readonly int _impression;

    public EventKinds(FeatureSchema schema)
    {
        IReadOnlyList<string> types = schema.EventTypes;
        _positive = [.. schema.Tasks.Select(task => types.Select(task.PositiveEvents.Contains).ToArray())];
        _anyTask = [.. types.Select((_, t) => _positive.Any(task => task[t]))];
        _behaviour = [.. types.Select(schema.Behaviours.Events.Contains)];
        _impression = types.ToList().IndexOf(Impression);
    }

    public int Tasks => _positive.Length;

    public bool IsBehaviour(byte type) => _behaviour[type];

    public bool IsImpression(byte type) => type == _impression;

    /// <summary>Whether the type is a positive of any task.</summary>
    public bool IsPositive(byte type) => _anyTask[type];

    public bool IsPositive(byte type, int task) => _positive[task][type];
}
