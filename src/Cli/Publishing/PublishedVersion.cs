namespace DinOrleans.Cli.Publishing;

/// <summary>A version that was published.</summary>
/// <param name="Version">The name of the version.</param>
/// <param name="Uploaded">True where it was uploaded, and false where it was copied into the artifact store.</param>
/// <param name="Active">The version that new rankings use; null before the first one is active.</param>
/// <param name="Target">The version that silos are loading; null where there is none.</param>
/// <param name="WaitsBecause">Why its roll-out has not begun yet; null where it does not wait.</param>
internal sealed record PublishedVersion(string Version, bool Uploaded, string? Active, string? Target, string? WaitsBecause);
