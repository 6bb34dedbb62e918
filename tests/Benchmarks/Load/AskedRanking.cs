using System.Globalization;

namespace DinOrleans.Benchmarks.Load;

/// <summary>A ranking that a load asks for, in whatever protocol.</summary>
/// <param name="UserId">The user.</param>
/// <param name="ItemIds">The candidates, each once, as the servers take it and one insists on it.</param>
internal sealed record AskedRanking(string UserId, string[] ItemIds)
{
    private const int CandidatesInAll = 200_000;
    private const int Seed = 42;

    /// <summary>Draws the rankings of a load. The same arguments give the same rankings, so that servers in one table are asked for the same.</summary>
    /// <param name="shape">The size of a ranking.</param>
    /// <param name="users">The number of the shop's users who ask, u0 and on.</param>
    /// <param name="items">The number of the shop's items, i0 and on.</param>
    /// <returns>200 to 2,000 rankings: fewer where they are large.</returns>
    public static IEnumerable<AskedRanking> Draw(RankShape shape, int users, int items)
    {
        var random = new Random(Seed);
        int count = Math.Clamp(CandidatesInAll / shape.Candidates, 200, 2_000);
        for (int i = 0; i < count; i++)
        {
            HashSet<int> asked = [];
            while (asked.Count < shape.Candidates)
            {
                asked.Add(random.Next(items));
            }

            yield return new(Name('u', random.Next(users)), [.. asked.Select(item => Name('i', item))]);
        }
    }

    private static string Name(char kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number}");
}
