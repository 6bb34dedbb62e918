using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;

namespace DinOrleans.Contracts.Tests.Validation;

public sealed class ItemAndUserRulesTests
{
    public static TheoryData<Item, string> BrokenItems => new()
    {
        { Shop.Item with { ItemId = "" }, "items[1].itemId must be 1 to 200 characters" },
        { Shop.Item with { ItemId = null! }, "items[1].itemId must be 1 to 200 characters" },
        { Shop.Item, "items[1].itemId must occur once" },
        { new Item("b", Shop.Features(("colour", "red"))), "items[1].features.colour is not a feature; the known features are category, price" },
        { new Item("b", Shop.Features(("price", "cheap"))), "items[1].features.price must be a finite number from -3.4e38 to 3.4e38" },
        { new Item("b", Shop.Features(("category", new string('x', 201)))), "items[1].features.category must be at most 200 characters" },
        { new Item("b", Shop.Features(("category", "\ud800"))), "items[1].features.category must be valid Unicode" },
        { new Item("b", Shop.Features(("price", "1.7976931348623157e308"))), "items[1].features.price must be a finite number from -3.4e38 to 3.4e38" },
        { new Item("b", null!), "items[1].features must be given" },
        { null!, "items[1] must be given" },
    };

    public static TheoryData<string, string, string> BrokenProfiles => new()
    {
        { "city", "x", "features.city is not a feature; the known features are country, age" },
        { "age", "old", "features.age must be a finite number from -3.4e38 to 3.4e38" },
        { "country", new string('x', 201), "features.country must be at most 200 characters" },
    };

    [Theory]
    [MemberData(nameof(BrokenItems))]
    public void CheckItems_OneRuleBroken_NamesFieldAndRule(Item item, string expected) =>
        Assert.Equal([expected], Shop.Lines(ItemRules.Check([Shop.Item, item], Shop.Schema)));

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void CheckItems_TooFewOrTooMany_NamesTheRule(int count) =>
        Assert.Equal(["items must be 1 to 1,000 items"], Shop.Lines(ItemRules.Check(Items(count), Shop.Schema)));

    [Fact]
    public void CheckItems_NoList_NamesTheRule() => Assert.Equal(["items must be 1 to 1,000 items"], Shop.Lines(ItemRules.Check(null, Shop.Schema)));

    [Fact]
    public void CheckProfile_NoProfile_NamesIt() => Assert.Equal(["features must be given"], Shop.Lines(UserRules.CheckProfile(null, Shop.Schema)));

    [Fact]
    public void CheckItems_AThousand_BreaksNothing() => Assert.Empty(Shop.Lines(ItemRules.Check(Items(1000), Shop.Schema)));

    [Fact]
    public void CheckItems_KnownFeatures_BreakNothing() =>
        Assert.Empty(Shop.Lines(ItemRules.Check([new Item("a", Shop.Features(("category", "c1"), ("price", "9.99")))], Shop.Schema)));

    [Theory]
    [MemberData(nameof(BrokenProfiles))]
    public void CheckProfile_OneRuleBroken_NamesFieldAndRule(string name, string value, string expected) =>
        Assert.Equal([expected], Shop.Lines(UserRules.CheckProfile(new UserProfile(Shop.Features((name, value))), Shop.Schema)));

    [Fact]
    public void CheckProfile_KnownFeatures_BreakNothing() =>
        Assert.Empty(Shop.Lines(UserRules.CheckProfile(new UserProfile(Shop.Features(("country", "de"), ("age", "30"))), Shop.Schema)));

    [Fact]
    public void ThrowIfAny_WithViolations_CarriesThemAll()
    {
        Violations violations = UserRules.CheckId("");
        Assert.Equal(violations.Listed, Assert.Throws<InvalidInputException>(() => violations.ThrowIfAny()).Violations);
    }

    [Fact]
    public void ThrowIfAny_WithoutViolations_DoesNothing() => UserRules.CheckId("u").ThrowIfAny();

    private static Item[] Items(int count) => [.. Enumerable.Range(0, count).Select(i => Shop.Item with { ItemId = $"i{i}" })];
}
