using DinOrleans.Model.Validation;

namespace DinOrleans.Datasets.SampleShop;

/// <summary>The size and nature of a sample shop. The same options give the same shop.</summary>
public sealed record SampleShopOptions
{
    /// <summary>The smallest number of <see cref="Users"/>.</summary>
    public const int LeastUsers = 10;

    /// <summary>The largest number of <see cref="Users"/>.</summary>
    public const int MostUsers = 1_000_000;

    /// <summary>The smallest number of <see cref="Items"/>.</summary>
    public const int LeastItems = 100;

    /// <summary>The largest number of <see cref="Items"/>.</summary>
    public const int MostItems = 1_000_000;

    /// <summary>The largest number of impressions. All are in memory at once, with a few hundred bytes each.</summary>
    private const long MostImpressions = 20_000_000;

    /// <summary>The seed of everything that is random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The number of shoppers, 10 to 1,000,000.</summary>
    public int Users { get; init; } = 1500;

    /// <summary>The number of items, 100 to 1,000,000, and at least ten per topic.</summary>
    public int Items { get; init; } = 2000;

    /// <summary>The number of topics, of which a shopper likes a few, 2 to 10,000.</summary>
    public int Topics { get; init; } = 60;

    /// <summary>The number of rankings that each shopper sees, 1 to 1,000, and at most one per day.</summary>
    public int RankingsPerUser { get; init; } = 12;

    /// <summary>The number of items that a ranking shows, 1 to 100.</summary>
    public int CandidatesPerRanking { get; init; } = 10;

    /// <summary>The length of the log in days, 10 to 3,650.</summary>
    public int Days { get; init; } = 120;

    /// <summary>The share of the items that enter the catalogue in the second half of the log, 0 to 0.5.</summary>
    public double ColdItemShare { get; init; } = 0.15;

    /// <summary>
    /// How fast interests drift, 0 to 1: the probability that a shopper replaces one interest between two rankings, and how much less older behaviours
    /// say. At 0 interests stay, and the order of behaviours has no meaning.
    /// </summary>
    public double InterestDrift { get; init; }

    /// <summary>Lists all broken rules. The list is empty if the options are valid.</summary>
    public Problems Check()
    {
        Problems problems = [];
        problems.Require(Users is >= LeastUsers and <= MostUsers, "users must be 10 to 1,000,000");
        problems.Require(Items is >= LeastItems and <= MostItems, "items must be 100 to 1,000,000");
        problems.Require(Topics is >= 2 and <= 10_000, "topics must be 2 to 10,000");
        problems.Require(Items >= 10L * Topics, "items must be at least ten per topic");
        problems.Require(RankingsPerUser is >= 1 and <= 1000, "rankingsPerUser must be 1 to 1,000");
        problems.Require(CandidatesPerRanking is >= 1 and <= 100, "candidatesPerRanking must be 1 to 100");
        problems.Require(CandidatesPerRanking * 4 <= Items, "candidatesPerRanking must be at most a quarter of the items");
        problems.Require(Days is >= 10 and <= 3650, "days must be 10 to 3,650");
        problems.Require(RankingsPerUser <= Days, "rankingsPerUser must be at most one per day");
        problems.Require(
            (long)Users * RankingsPerUser * CandidatesPerRanking <= MostImpressions,
            "users times rankingsPerUser times candidatesPerRanking must be at most 20,000,000 impressions");
        problems.Require(ColdItemShare is >= 0 and <= 0.5, "coldItemShare must be 0 to 0.5");
        problems.Require(InterestDrift is >= 0 and <= 1, "interestDrift must be 0 to 1");
        return problems;
    }

    /// <summary>Throws if a rule is broken.</summary>
    /// <exception cref="InvalidContentException">A rule is broken. The message lists all broken rules.</exception>
    public void Require() => Check().ThrowIfAny("sample shop");
}
