using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Schema;

/// <summary>
/// A behaviour sequence besides the main one, such as purchases besides clicks. An event may belong to several sequences.
/// </summary>
/// <param name="Name">The name, which also names its weights: lower-case letters, digits and underscores, starting with a letter.</param>
/// <param name="Events">The event types that form the sequence. Each belongs to a task, the main sequence or the other events.</param>
/// <param name="Length">How many of the most recent behaviours are kept for ranking, 1 to 1,000.</param>
public sealed record NamedSequence(string Name, IReadOnlyList<string> Events, int Length)
{
    /// <summary>The most sequences besides the main one.</summary>
    public const int Most = 4;

    /// <summary>The full definition of the sequence: its own events and length, and the sessions of the main sequence.</summary>
    /// <param name="main">The main sequence.</param>
    public BehaviourSequence Cut(BehaviourSequence main) => main with { Events = Events, MaxLength = Length };

    /// <summary>Collects the broken rules of all sequences besides the main one.</summary>
    internal static void Check(FeatureSchema schema, Problems problems)
    {
        IReadOnlyList<NamedSequence> sequences = schema.Sequences ?? [];
        problems.Require(sequences.Count <= Most, $"sequences must be at most {Most}");
        for (int i = 0; i < sequences.Count; i++)
        {
            sequences[i].Check($"sequences[{i}]", schema, problems);
        }

        foreach (var name in sequences.GroupBy(s => s.Name).Where(g => g.Count() > 1))
        {
            problems.Add($"sequence \"{name.Key}\" must be named once");
        }
    }

    private void Check(string field, FeatureSchema schema, Problems problems)
    {
        FeatureSchemaRules.CheckName(Name, $"{field}.name", problems);
        problems.Require(Events.Count > 0, $"{field}.events must name at least one event type");
        foreach (string type in Events.Except(schema.EventTypes))
        {
            problems.Add($"{field}.events names \"{type}\", which is not an event type of tasks, behaviours or otherEvents");
        }

        problems.Require(Length is >= 1 and <= BehaviourSequence.Largest, $"{field}.length must be 1 to {BehaviourSequence.Largest}");
    }
}
