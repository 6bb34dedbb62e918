using System.Globalization;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Validation;

namespace DinOrleans.Contracts.Tests.Validation;

public sealed class ViolationsTests
{
    [Fact]
    public void Check_MoreBrokenRulesThanAreListed_ListsTheFirstAndCountsTheOthers()
    {
        var features = Enumerable.Range(0, 420_000).ToDictionary(i => $"f{i}", _ => "x");
        Violations violations = ItemRules.Check([new Item("", features), new Item("", EmptyFeatures.Instance)], Shop.Schema);
        Assert.Equal(100, violations.Listed.Count);
        Assert.Equal(new Violation("items[0].itemId", "must be 1 to 200 characters"), violations.Listed[0]);
        Assert.Equal("items[0].features.f98", violations.Listed[99].Field);

        // The id and 99 features are listed; the other features, the second item's id and its being there twice are not.
        Assert.Equal(420_000 - 99 + 2, violations.More);
    }

    [Fact]
    public void Add_OfAnotherPart_KeepsOneLimitAndOneCount()
    {
        var all = default(Violations);
        for (int part = 0; part < 3; part++)
        {
            var ofPart = default(Violations);
            for (int i = 0; i < 120; i++)
            {
                ofPart.Add(i.ToString(CultureInfo.InvariantCulture), "is broken");
            }

            all.Add(ofPart);
        }

        Assert.Equal((100, 260), (all.Listed.Count, all.More));
        InvalidInputException thrown = Assert.Throws<InvalidInputException>(() => all.ThrowIfAny());
        Assert.Equal((100, 260), (thrown.Violations.Count, thrown.More));
        Assert.EndsWith("; and 260 more", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_AFeatureNameOfAMegabyte_IsToldShortened()
    {
        Violations violations = ItemRules.Check([new Item("a", Shop.Features((new string('x', 1 << 20), "1")))], Shop.Schema);
        Assert.Equal($"items[0].features.{new string('x', 200)}…", Assert.Single(violations.Listed).Field);
    }

    [Theory]
    [InlineData("3.4028235e38", 3.4028235e38f)]
    [InlineData("-3.4028235e38", -3.4028235e38f)]
    [InlineData(" 7 ", 7f)]
    [InlineData("1e-400", 0f)]
    public void TryReadNumber_FiniteAsFloat32_IsRead(string text, float number)
    {
        Assert.True(InputRules.TryReadNumber(text, out float read));
        Assert.Equal(number, read);
    }

    [Theory]
    [InlineData("3.5e38")]
    [InlineData("1.7976931348623157e308")]
    [InlineData("NaN")]
    [InlineData("-Infinity")]
    [InlineData("1,000")]
    [InlineData("0,004")]
    [InlineData("0x10")]
    [InlineData("")]
    public void TryReadNumber_AnythingElse_IsNot(string text) => Assert.False(InputRules.TryReadNumber(text, out _));
}
