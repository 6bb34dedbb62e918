namespace DinOrleans.Datasets.SampleShop;

/// <summary>Size and nature of a generated shop. The same options give the same shop.</summary>
public sealed record SampleShopOptions
{
    /// <summary>The fewest <see cref="Users"/>.</summary>
    public const int LeastUsers = 10;

    /// <summary>The most <see cref="Users"/>.</summary>
    public const int MostUsers = 1_000_000;

    /// <summary>The fewest <see cref="Items"/>.</summary>
    public const int LeastItems = 100;

    /// <summary>The most <see cref="Items"/>.</summary>
    public const int MostItems = 1_000_000;

    /// <summary>All impressions are in memory at once, a few hundred bytes each.</summary>
    private const long MostImpressions = 20_000_000;

    /// <summary>Seed of everything.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Shoppers, 10 to 1,000,000.</summary>
    public int Users { get; init; } = 1500;

    /// <summary>Items, 100 to 1,000,000; at least ten a topic.</summary>
    public int Items { get; init; } = 2000;

    /// <summary>Topics, of which a shopper likes a few, 2 to 10,000.</summary>
    public int Topics { get; init; } = 60;

    /// <summary>Rankings shown to each shopper, 1 to 1,000 and at most one a day.</summary>
    public int RankingsPerUser { get; init; } = 12;

    /// <summary>Items shown in a ranking, 1 to 100.</summary>
    public int CandidatesPerRanking { get; init; } = 10;

    /// <summary>Length of the log, 10 to 3,650 days.</summary>
    public int Days { get; init; } = 120;

    /// <summary>Share of items that enter the catalogue in the second half of the log, 0 to 0.5.</summary>
    public double ColdItemShare { get; init; } = 0.15;

    /// <summary>
    /// How fast interests drift, 0 to 1: the probability that a shopper gives up one interest for a new one between two rankings, and how
    /// much less older behaviours say. At 0 interests stay, and the order of behaviours means nothing.
    /// </summary>
    public double InterestDrift { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">An option is out of its range; the message lists them all.</exception>
    public void Validate()
    {
        List<string> problems = [];
        Require(Users is >= LeastUsers and <= MostUsers, $"{nameof(Users)} must be 10 to 1,000,000");
        Require(Items is >= LeastItems and <= MostItems, $"{nameof(Items)} must be 100 to 1,000,000");
        Require(Topics is >= 2 and <= 10_000, $"{nameof(Topics)} must be 2 to 10,000");
        Require(Items >= 10L * Topics, $"{nameof(Items)} must be at least ten per topic");
        Require(RankingsPerUser is >= 1 and <= 1000, $"{nameof(RankingsPerUser)} must be 1 to 1,000");
        Require(CandidatesPerRanking is >= 1 and <= 100, $"{nameof(CandidatesPerRanking)} must be 1 to 100");
        Require(CandidatesPerRanking * 4 <= Items, $"{nameof(CandidatesPerRanking)} must be at most a quarter of the items");
        Require(Days is >= 10 and <= 3650, $"{nameof(Days)} must be 10 to 3,650");
        Require(RankingsPerUser <= Days, $"{nameof(RankingsPerUser)} must be at most one per day");
        Require(
            (long)Users * RankingsPerUser * CandidatesPerRanking <= MostImpressions,
            $"{nameof(Users)} times {nameof(RankingsPerUser)} times {nameof(CandidatesPerRanking)} must be at most 20,000,000 impressions");
        Require(ColdItemShare is >= 0 and <= 0.5, $"{nameof(ColdItemShare)} must be 0 to 0.5");
        Require(InterestDrift is >= 0 and <= 1, $"{nameof(InterestDrift)} must be 0 to 1");
        if (problems.Count > 0)
        {
            throw new ArgumentException("Sample shop options: " + string.Join("; ", problems) + ".");
        }

        void Require(bool holds, string rule)
        {
            if (!holds)
            {
                problems.Add(rule);
            }
        }
    }
}
