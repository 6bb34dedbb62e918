using DinOrleans.Datasets.SampleShop;

namespace DinOrleans.Datasets.Tests.SampleShop;

public sealed class SampleShopOptionsTests
{
    public static TheoryData<SampleShopOptions, string> Broken => new()
    {
        { new() { Users = 9 }, "Users must be 10 to 1,000,000" },
        { new() { Items = 99, Topics = 2 }, "Items must be 100 to 1,000,000" },
        { new() { Topics = 1 }, "Topics must be 2 to 10,000" },
        { new() { Topics = 201 }, "Items must be at least ten per topic" },
        { new() { RankingsPerUser = 0 }, "RankingsPerUser must be 1 to 1,000" },
        { new() { RankingsPerUser = 121 }, "RankingsPerUser must be at most one per day" },
        { new() { CandidatesPerRanking = 0 }, "CandidatesPerRanking must be 1 to 100" },
        { new() { CandidatesPerRanking = 30, Items = 100, Topics = 5 }, "CandidatesPerRanking must be at most a quarter of the items" },
        { new() { Days = 3651 }, "Days must be 10 to 3,650" },
        { new() { ColdItemShare = 0.51 }, "ColdItemShare must be 0 to 0.5" },
        { new() { InterestDrift = 1.1 }, "InterestDrift must be 0 to 1" },
    };

    [Fact]
    public void Validate_Default_IsValid() => new SampleShopOptions().Validate();

    [Theory]
    [MemberData(nameof(Broken))]
    public void Constructor_BrokenRule_NamesIt(SampleShopOptions options, string rule) =>
        Assert.Equal($"Sample shop options: {rule}.", Assert.Throws<ArgumentException>(() => new SampleShopGenerator(options)).Message);
}
