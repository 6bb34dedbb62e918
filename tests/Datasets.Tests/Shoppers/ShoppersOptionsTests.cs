using DinOrleans.Datasets.SampleShop;
using DinOrleans.Datasets.Shoppers;
using DinOrleans.Model.Validation;

namespace DinOrleans.Datasets.Tests.Shoppers;

public sealed class ShoppersOptionsTests
{
    private static readonly SampleShopOptions Shop = new() { Users = 50, Items = 400, Topics = 10 };

    public static TheoryData<ShoppersOptions, string> Broken => new()
    {
        { new() { Users = 0 }, "users must be 1 to 50, the shop's users" },
        { new() { Users = 51 }, "users must be 1 to 50, the shop's users" },
        { new() { Candidates = 0 }, "candidates must be 1 to 1,000" },
        { new() { Candidates = 101 }, "candidates must be at most 100, a quarter of the shop's items" },
        { new() { Limit = 0 }, "limit must be 1 to 100, the number of candidates" },
        { new() { Limit = 101 }, "limit must be 1 to 100, the number of candidates" },
        { new() { Examination = -0.1 }, "examination must be 0 to 10" },
        { new() { Examination = double.NaN }, "examination must be 0 to 10" },
        { new() { Drift = 1.1 }, "drift must be 0 to 1" },
        { new() { Concurrency = 0 }, "concurrency must be 1 to 1,000" },
        { new() { ConversionType = " " }, "conversions must name an event type" },
        { new() { RunId = "" }, "run id must have 1 to 64 characters" },
    };

    [Fact]
    public void Validate_Default_IsTaken() => new ShoppersOptions().Validate(Shop);

    [Theory]
    [MemberData(nameof(Broken))]
    public void Validate_OptionThatBreaksARule_NamesFieldAndRule(ShoppersOptions options, string rule) =>
        Assert.Contains(rule, Assert.Throws<InvalidContentException>(() => options.Validate(Shop)).Message);
}
