using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Users;

namespace DinOrleans.Grains.Tests.Users;

public sealed class RankedItemsTests
{
    [Fact]
    public void ByPopularity_ScoresOfEverySign_AreInDescendingOrderAndTiesAsAsked()
    {
        float[] scores = [0.5f, -1f, 0f, 3f, 0.5f, float.NaN, -0.25f, float.PositiveInfinity, 1e-30f, 0.5f];

        IReadOnlyList<RankedItem> ranked = RankedItems.ByPopularity(Items(scores.Length), scores, limit: null);

        Assert.Equal(["i7", "i3", "i0", "i4", "i9", "i8", "i2", "i6", "i1", "i5"], ranked.Select(r => r.ItemId));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(9, 4)]
    public void ByPopularity_Limit_KeepsTheBest(int limit, int expected)
    {
        IReadOnlyList<RankedItem> ranked = RankedItems.ByPopularity(Items(4), [1, 4, 2, 3], limit);

        Assert.Equal(((string[])["i1", "i3", "i2", "i0"])[..expected], ranked.Select(r => r.ItemId));
    }

    private static CatalogueItem[] Items(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new CatalogueItem(new Item($"i{i}", EmptyFeatures.Instance), isKnown: true))];
}
