using System.Text.Json;

namespace DinOrleans.Client;

/// <summary>How a version was made.</summary>
public sealed record ModelOrigin
{
    /// <summary>The name of the version.</summary>
    public required string Version { get; init; }

    /// <summary>The model, for example "din".</summary>
    public required string Kind { get; init; }

    /// <summary>When its training ended.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The version whose weights its training started from; null for fresh weights.</summary>
    public string? StartedFrom { get; init; }

    /// <summary>The complete options of the model.</summary>
    public JsonElement Options { get; init; }

    /// <summary>The time of the first event that it learned from.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>The time of the last event that it learned from.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>The number of events that it learned from.</summary>
    public long Events { get; init; }

    /// <summary>
    /// How well its probabilities agree with what happened, per task. It is empty where the scores are not probabilities, where there was nothing to
    /// measure them on, and for versions from before this was measured.
    /// </summary>
    public IReadOnlyList<TaskCalibration> Calibration { get; init; } = [];
}

/// <summary>How well the probabilities of a task agree with what happened, on rankings that the version has not learned from.</summary>
/// <param name="Task">The name of the task.</param>
/// <param name="Bins">The predictions in ten groups of equal size, lowest first.</param>
public sealed record TaskCalibration(string Task, IReadOnlyList<CalibrationBin> Bins);

/// <summary>A group of predictions of similar probability.</summary>
/// <param name="Predicted">The mean prediction, 0 to 1.</param>
/// <param name="Observed">The share of positives, 0 to 1.</param>
/// <param name="Samples">The number of predictions.</param>
public sealed record CalibrationBin(double Predicted, double Observed, int Samples);
