using Orleans.CodeGeneration;

namespace DinOrleans.Contracts.Models;

/// <summary>Tells how published versions were made, as their manifests say. Its key is 0.</summary>
[Alias("DinOrleans.IVersionOriginGrain"), Version(1)]
public interface IVersionOriginGrain : IGrainWithIntegerKey
{
    /// <summary>Reads how a version was made.</summary>
    /// <returns>Null where no version of that name is published, or where its manifest is not in the artifact store any more.</returns>
    /// <exception cref="StoreUnavailableException">The manifest cannot be read now. Try again.</exception>
    [Alias("Get"), ResponseTimeout(CallDeadlines.Usual)]
    Task<VersionOrigin?> GetAsync(string version, CancellationToken cancellationToken = default);
}

/// <summary>How a version was made.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.VersionOrigin")]
public sealed record VersionOrigin
{
    /// <summary>The version's name.</summary>
    [Id(0)]
    public required string Version { get; init; }

    /// <summary>The model's name, for example "din".</summary>
    [Id(1)]
    public required string Kind { get; init; }

    /// <summary>When its training ended.</summary>
    [Id(2)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The version whose weights its training started from. Null for fresh weights.</summary>
    [Id(3)]
    public string? StartedFrom { get; init; }

    /// <summary>The complete options of the model, as a JSON object.</summary>
    [Id(4)]
    public required string Options { get; init; }

    /// <summary>The time of the first event that it learned from.</summary>
    [Id(5)]
    public required DateTimeOffset From { get; init; }

    /// <summary>The time of the last event that it learned from.</summary>
    [Id(6)]
    public required DateTimeOffset Until { get; init; }

    /// <summary>The number of events that it learned from.</summary>
    [Id(7)]
    public long Events { get; init; }

    /// <summary>
    /// How well its probabilities agree with what happened, per task. Empty where its scores are not probabilities, where there was nothing to measure
    /// them on, and for versions from before this was measured.
    /// </summary>
    [Id(8)]
    public IReadOnlyList<TaskCalibration> Calibration { get; init; } = [];
}

/// <summary>How well the probabilities of a task agree with what happened, on rankings that the version has not learned from.</summary>
/// <param name="Task">The name of the task.</param>
/// <param name="Bins">The predictions in ten groups of equal size, lowest first.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.TaskCalibration")]
public sealed record TaskCalibration([property: Id(0)] string Task, [property: Id(1)] IReadOnlyList<CalibrationBin> Bins);

/// <summary>A group of predictions of similar probability.</summary>
/// <param name="Predicted">The mean prediction, 0 to 1.</param>
/// <param name="Observed">The share of positives, 0 to 1.</param>
/// <param name="Samples">The number of predictions.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.CalibrationBin")]
public readonly record struct CalibrationBin([property: Id(0)] double Predicted, [property: Id(1)] double Observed, [property: Id(2)] int Samples);
