namespace DinOrleans.Evaluation.Compare.Measures;

/// <summary>Quality of the predictions of a task on one kind of test.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Against">"uniform" or "popular" negatives, or candidates as "shown".</param>
/// <param name="Samples">Labelled candidates.</param>
/// <param name="Auc">0..1, NaN where labels are of one kind only.</param>
/// <param name="Gauc">AUC a user weighted by candidates; with one pair a user, the share of positives above their negative, ties half.</param>
/// <param name="LogLoss">Nats.</param>
/// <param name="Calibration">Mean prediction over the positive rate.</param>
/// <param name="CalibrationBins">Predictions in ten groups of equal size, lowest first.</param>
/// <param name="ByHistoryLength">GAUC of users by behaviours before the candidate.</param>
/// <param name="ByPopularity">GAUC of positives by how often training has their item.</param>
public sealed record TestMeasures(
    string Task,
    string Against,
    long Samples,
    double Auc,
    double Gauc,
    double LogLoss,
    double Calibration,
    IReadOnlyList<CalibrationBin> CalibrationBins,
    IReadOnlyList<GaucSlice> ByHistoryLength,
    IReadOnlyList<GaucSlice> ByPopularity)
{
    /// <summary>The <see cref="Against"/> of candidates as they were shown.</summary>
    public const string Shown = "shown";
}

/// <summary>Predictions close to each other.</summary>
/// <param name="Predicted">Their mean.</param>
/// <param name="Observed">Share of positives.</param>
/// <param name="Samples">How many.</param>
public sealed record CalibrationBin(double Predicted, double Observed, int Samples);

/// <summary>GAUC of a part of the test.</summary>
/// <param name="Range">Of history length or popularity, for example "5–9".</param>
/// <param name="Positives">How many.</param>
/// <param name="Gauc">0..1, NaN where nothing can be compared.</param>
public sealed record GaucSlice(string Range, int Positives, double Gauc);
