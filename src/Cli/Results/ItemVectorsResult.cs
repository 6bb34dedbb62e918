namespace DinOrleans.Cli.Results;

/// <summary>Item vectors that were written.</summary>
/// <param name="File">The file.</param>
/// <param name="Items">The number of items.</param>
internal sealed record ItemVectorsResult(string File, int Items);
