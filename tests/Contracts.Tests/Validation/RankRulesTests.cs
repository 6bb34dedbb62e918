using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;

namespace DinOrleans.Contracts.Tests.Validation;

public sealed class RankRulesTests
{
    public static TheoryData<RankQuery, string> Broken => new()
    {
        { Shop.Query with { Candidates = [] }, "candidates must be 1 to 1,000 items" },
        { Shop.Query with { Candidates = Ids(1001) }, "candidates must be 1 to 1,000 items" },
        { Shop.Query with { Candidates = ["a", ""] }, "candidates[1].itemId must be 1 to 200 characters" },
        { Shop.Query with { Candidates = [null!] }, "candidates[0].itemId must be 1 to 200 characters" },
        { Shop.Query with { Candidates = [new string('x', 201)] }, "candidates[0].itemId must be 1 to 200 characters" },
        { Shop.Query with { Candidates = ["a\tb"] }, "candidates[0].itemId must not hold control characters" },
        { Shop.Query with { Candidates = ["a", "b", "a"] }, "candidates[2].itemId must occur once" },
        { Shop.Query with { Candidates = [.. Ids(999), "i3"] }, "candidates[999].itemId must occur once" },
        { Shop.Query with { Context = Shop.Features(("os", "x")) }, "context.os is not a feature; the known features are device, hour" },
        { Shop.Query with { Context = Shop.Features(("hour", "x")) }, "context.hour must be a finite number from -3.4e38 to 3.4e38" },
        { Shop.Query with { Context = Shop.Features(("hour", "NaN")) }, "context.hour must be a finite number from -3.4e38 to 3.4e38" },
        { Shop.Query with { Context = Shop.Features(("hour", "1e999")) }, "context.hour must be a finite number from -3.4e38 to 3.4e38" },
        { Shop.Query with { Context = Shop.Features(("hour", "1,5")) }, "context.hour must be a finite number from -3.4e38 to 3.4e38" },
        { Shop.Query with { Context = Shop.Features(("device", new string('x', 201))) }, "context.device must be at most 200 characters" },
        { Shop.Query with { Context = Shop.Features(("device", null)) }, "context.device must be at most 200 characters" },
        { Shop.Query with { Limit = 0 }, "limit must be 1 to 1,000" },
        { Shop.Query with { Candidates = null! }, "candidates must be 1 to 1,000 items" },
        { Shop.Query with { Candidates = ["a", "\u00a0"] }, "candidates[1].itemId must not be only white space" },
        { Shop.Query with { Context = null! }, "context must be given" },
        { null!, "query must be given" },
        { Shop.Query with { Limit = -1 }, "limit must be 1 to 1,000" },
        { Shop.Query with { Limit = 1001 }, "limit must be 1 to 1,000" },
        { Shop.Query with { TimeLeft = TimeSpan.Zero }, "timeLeft must be more than 0 and at most 60 seconds" },
        { Shop.Query with { TimeLeft = TimeSpan.FromTicks(-1) }, "timeLeft must be more than 0 and at most 60 seconds" },
        { Shop.Query with { TimeLeft = TimeSpan.FromMilliseconds(60_001) }, "timeLeft must be more than 0 and at most 60 seconds" },
        { Shop.Query with { TimeLeft = TimeSpan.MaxValue }, "timeLeft must be more than 0 and at most 60 seconds" },
    };

    public static TheoryData<RankQuery> Allowed =>
    [
        Shop.Query with { Candidates = ["a"] },
        Shop.Query with { Candidates = Ids(1000) },
        Shop.Query with { Candidates = ["a", "A"] },
        Shop.Query with { Context = Shop.Features(("device", ""), ("hour", "-1.5e3")) },
        Shop.Query with { Limit = 1 },
        Shop.Query with { Limit = 1000 },
        Shop.Query with { TimeLeft = TimeSpan.FromTicks(1) },
        Shop.Query with { TimeLeft = TimeSpan.FromMinutes(1) },
    ];

    [Theory]
    [MemberData(nameof(Broken))]
    public void Check_OneRuleBroken_NamesFieldAndRule(RankQuery query, string expected) =>
        Assert.Equal([expected], Shop.Lines(RankRules.Check(query, Shop.Schema)));

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Check_AtTheEdgeOfARule_BreaksNothing(RankQuery query) => Assert.Empty(Shop.Lines(RankRules.Check(query, Shop.Schema)));

    [Fact]
    public void Check_SeveralRulesBroken_ListsAllInOrder() => Assert.Equal(
        ["candidates[0].itemId must be 1 to 200 characters", "context.os is not a feature; the known features are device, hour", "limit must be 1 to 1,000"],
        Shop.Lines(RankRules.Check(new RankQuery { Candidates = [""], Context = Shop.Features(("os", "x")), Limit = 0 }, Shop.Schema)));

    [Fact]
    public void Check_SeveralRepeats_ListsEachLaterOccurrenceInOrder() => Assert.Equal(
        Enumerable.Range(500, 98).Append(1).Order().Select(i => $"candidates[{i}].itemId must occur once"),
        Shop.Lines(RankRules.Check(Shop.Query with { Candidates = ["i0", .. Ids(499), .. Ids(98)] }, Shop.Schema)));

    [Fact]
    public void Check_SchemaWithoutFeatures_SaysSo() => Assert.Equal(
        ["context.os is not a feature; the schema has none here"],
        Shop.Lines(RankRules.Check(Shop.Query with { Context = Shop.Features(("os", "x")) }, Shop.Schema with { ContextFeatures = [] })));

    private static string[] Ids(int count) => [.. Enumerable.Range(0, count).Select(i => $"i{i}")];
}
