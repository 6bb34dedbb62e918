using DinOrleans.Training.Samples;
using DinOrleans.Training.Versions;

namespace DinOrleans.Evaluation.Compare;

/// <summary>
/// Reads what to compare: names, and <see cref="VersionSettings"/>, whose entries may be more than are compared, so that one file does for <c>train</c> and
/// for every comparison.
/// </summary>
public static class CompareSettings
{
    /// <summary>Reads the settings.</summary>
    /// <param name="names">What to compare, in order.</param>
    /// <param name="json">The options; null for the defaults of everything.</param>
    /// <param name="samples">What "samples" starts from.</param>
    /// <exception cref="InvalidDataException">A name is unknown or twice, an entry is of no model or breaks a rule.</exception>
    public static IReadOnlyList<ComparedModel> Read(IReadOnlyList<string> names, string? json, SampleOptions samples)
    {
        if (names.Count == 0 || names.Distinct().Count() != names.Count)
        {
            throw new InvalidDataException("models: name at least one, and none twice.");
        }

        if (names.FirstOrDefault(name => name == VersionSettings.Defaults || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')) is { } bad)
        {
            throw new InvalidDataException($"models: \"{bad}\" must be of letters, digits, '-', '_' and '.', and not \"{VersionSettings.Defaults}\".");
        }

        var settings = VersionSettings.Read(json, samples);
        IReadOnlyList<ComparedModel> models = [.. names.Select(name => new ComparedModel(name, settings.Of(name)))];
        if (models.Select(m => TestOf(m.Options.Samples)).Distinct().Count() > 1)
        {
            throw new InvalidDataException(
                "options: holdOut, historyOrder, dropImmediateRepeats, testShare and attributionWindow decide what is tested on: "
                + $"state them in \"{VersionSettings.Defaults}\", for all models.");
        }

        return models;
    }

    private static (HoldOut, HistoryOrder, bool, double, TimeSpan) TestOf(SampleOptions samples) =>
        (samples.HoldOut, samples.HistoryOrder, samples.DropImmediateRepeats, samples.TestShare, samples.AttributionWindow);
}
