using System.Globalization;
using DinOrleans.Model.Schema;

namespace DinOrleans.Training.Samples.Splits;

/// <summary>Says in words which part of a log is learned from, which validates and which is held out.</summary>
/// <param name="Training">The training rankings.</param>
/// <param name="Validation">The validation rankings.</param>
/// <param name="HeldOut">The rankings that are kept to test on.</param>
public sealed record SampleSummary(string Training, string Validation, string HeldOut)
{
    /// <summary>Summarises samples.</summary>
    /// <param name="schema">The schema, which names the tasks.</param>
    /// <param name="samples">The samples.</param>
    public static SampleSummary Describe(FeatureSchema schema, SampleSet samples) => new(
        Text(schema, samples.Training),
        Text(schema, samples.Validation),
        samples.HeldOutUsers > 0 ? Number(samples.HeldOutUsers) + " users' last positives, and what came after them" : Text(schema, samples.Test));

    /// <summary>One line per part.</summary>
    public override string ToString() => $"training: {Training}{Environment.NewLine}validation: {Validation}{Environment.NewLine}held out to test on: {HeldOut}";

    private static string Text(FeatureSchema schema, SampleSplit split)
    {
        if (split.Count == 0)
        {
            return "nothing";
        }

        string positives = string.Join(", ", schema.Tasks.Select((task, k) => $"{Number(split.Positives(k))} {task.Name}"));
        string kinds = split.Shown.Rankings == 0 ? "each a positive with drawn negatives"
            : split.Sampled.Rankings == 0 ? "all as shown"
            : $"{Number(split.Sampled.Rankings)} positives with drawn negatives first, then {Number(split.Shown.Rankings)} as shown";
        return $"{Number(split.Count)} rankings of {Number(split.UserCount())} users, {Number(split.CandidateCount)} candidates with the positives {positives}; {kinds}";
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
