namespace DinOrleans.Cli.Results;

/// <summary>A version that was trained.</summary>
/// <param name="Version">The name of the version.</param>
/// <param name="Folder">The folder of the version.</param>
/// <param name="Metrics">What was measured of its best epoch, by name, such as "auc". They are those of the manifest.</param>
internal sealed record TrainResult(string Version, string Folder, IReadOnlyDictionary<string, double> Metrics);
