using DinOrleans.Cli.Imports;

namespace DinOrleans.Cli.Init;

/// <summary>What was guessed about files, and the dataset that was made of them.</summary>
/// <param name="Findings">What was guessed and why, in sentences.</param>
/// <param name="Dataset">The dataset; null with <c>--dry-run</c>.</param>
internal sealed record InitResult(IReadOnlyList<string> Findings, ImportedDataset? Dataset);
