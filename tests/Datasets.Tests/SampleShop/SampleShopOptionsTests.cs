using DinOrleans.Datasets.SampleShop;
using DinOrleans.Model.Validation;

namespace DinOrleans.Datasets.Tests.SampleShop;

public sealed class SampleShopOptionsTests
{
    public static TheoryData<SampleShopOptions, string> Broken => new()
    {
        { new() { Users = 9 }, "users must be 10 to 1,000,000" },
        { new() { Items = 99, Topics = 2 }, "items must be 100 to 1,000,000" },
        { new() { Topics = 1 }, "topics must be 2 to 10,000" },
        { new() { Topics = 201 }, "items must be at least ten per topic" },
        { new() { RankingsPerUser = 0 }, "rankingsPerUser must be 1 to 1,000" },
        { new() { RankingsPerUser = 121 }, "rankingsPerUser must be at most one per day" },
        { new() { CandidatesPerRanking = 0 }, "candidatesPerRanking must be 1 to 100" },
        { new() { CandidatesPerRanking = 30, Items = 100, Topics = 5 }, "candidatesPerRanking must be at most a quarter of the items" },
        { new() { Days = 3651 }, "days must be 10 to 3,650" },
        { new() { ColdItemShare = 0.51 }, "coldItemShare must be 0 to 0.5" },
        { new() { InterestDrift = 1.1 }, "interestDrift must be 0 to 1" },
    };

    [Fact]
    public void Check_Default_IsValid() => Assert.Empty(new SampleShopOptions().Check());

    [Theory]
    [MemberData(nameof(Broken))]
    public void Constructor_BrokenRule_NamesIt(SampleShopOptions options, string rule) =>
        Assert.Equal($"sample shop: {rule}.", Assert.Throws<InvalidContentException>(() => new SampleShopGenerator(options)).Message);
}
