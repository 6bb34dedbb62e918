namespace DinOrleans.Contracts.Experiments;

/// <summary>How well the active version predicts what users do: its log loss on the first task, when it was new and lately.</summary>
/// <param name="Version">The version.</param>
/// <param name="First">The mean log loss per shown item over the first items that were measured; null while there are too few.</param>
/// <param name="Latest">The mean log loss per shown item over the latest items that were measured; null while there are too few since.</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.ActiveQuality")]
public sealed record ActiveQuality([property: Id(0)] string Version, [property: Id(1)] double? First, [property: Id(2)] double? Latest)
{
    /// <summary>By which share the log loss has risen, for example 0.1; null where that is not known.</summary>
    public double? Rise => First > 0 && Latest is { } latest ? (latest / First) - 1 : null;
}
