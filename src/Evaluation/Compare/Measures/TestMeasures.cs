using DinOrleans.Model.Metrics;

namespace DinOrleans.Evaluation.Compare.Measures;

/// <summary>The quality of the predictions of a task on one kind of test.</summary>
/// <param name="Task">The name of the task.</param>
/// <param name="Against">The kind of test: "uniform" or "popular" negatives, or candidates as "shown".</param>
/// <param name="Samples">The number of labelled candidates.</param>
/// <param name="Auc">The AUC, 0 to 1, or NaN if labels are of one kind only.</param>
/// <param name="Gauc">The AUC per user, weighted by candidates. With one pair per user, it is the share of positives above their negative, and ties count half.</param>
/// <param name="LogLoss">The log loss in nats.</param>
/// <param name="Calibration">The mean prediction divided by the share of positives.</param>
/// <param name="CalibrationBins">The predictions in ten groups of equal size, lowest first.</param>
/// <param name="ByHistoryLength">The GAUC by the number of behaviours before the candidate.</param>
/// <param name="ByPopularity">The GAUC of positives by how often training has their item.</param>
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
    /// <summary>The value of <see cref="Against"/> for candidates as they were shown.</summary>
    public const string Shown = "shown";
}

/// <summary>The GAUC of a part of the test.</summary>
/// <param name="Range">The range of history lengths or popularity, for example "5–9".</param>
/// <param name="Positives">The number of positives.</param>
/// <param name="Gauc">The GAUC, 0 to 1, or NaN if no user has both labels.</param>
public sealed record GaucSlice(string Range, int Positives, double Gauc);
