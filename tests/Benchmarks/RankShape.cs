using System.Globalization;

namespace DinOrleans.Benchmarks;

/// <summary>The size of a ranking.</summary>
/// <param name="Candidates">N.</param>
/// <param name="History">H.</param>
internal sealed record RankShape(int Candidates, int History)
{
    private const int LargeRanking = 20_000;

    /// <summary>The shapes that are published.</summary>
    public static IReadOnlyList<RankShape> Published { get; } = [new(20, 20), new(100, 50), new(500, 100)];

    /// <summary>Candidate × behaviour pairs of a ranking.</summary>
    public int Pairs => Candidates * History;

    /// <summary>How many connections the closed loops use; few where one ranking already fills a core for long.</summary>
    public IReadOnlyList<int> Connections => Pairs > LargeRanking ? [1, 4] : [1, 16, 64];

    /// <summary>Connections whose rate the open loops are set by.</summary>
    public int TypicalConnections => Pairs > LargeRanking ? 4 : 16;

    /// <summary>Reads "100x50".</summary>
    /// <exception cref="ArgumentException">The text is not of that form.</exception>
    public static RankShape Parse(string text)
    {
        string[] parts = text.Split('x');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int candidates)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int history)
            && candidates is >= 1 and <= 1_000 && history is >= 1 and <= 1_000
            ? new(candidates, history)
            : throw new ArgumentException($"--shape {text}: must be candidates x behaviours, each 1 to 1,000, for example 100x50.");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Candidates}x{History}");
}
