using DinOrleans.Grains.Items;

namespace DinOrleans.Grains.Tests.Items;

public sealed class UnknownItemsTests
{
    [Fact]
    public void Of_AnIdAskedForAgain_IsTheSameItem()
    {
        var unknown = new UnknownItems();
        CatalogueItem item = unknown.Of("made up");

        Assert.Same(item, unknown.Of("made up"));
        Assert.Equal(("made up", false, 0), (item.ItemId, item.IsKnown, item.Revision));
    }

    [Fact]
    public void Of_ManyIds_KeepsTheLatestWithinItsBound()
    {
        var unknown = new UnknownItems();
        CatalogueItem asked = unknown.Of("asked for now and then");
        for (int i = 0; i < 10 * UnknownItems.Limit; i++)
        {
            unknown.Of($"made up {i}");
            if (i % (UnknownItems.Limit / 2) == 0)
            {
                Assert.Same(asked, unknown.Of("asked for now and then"));
            }
        }

        Assert.InRange(unknown.Count, 1, 2 * UnknownItems.Limit);
        CatalogueItem last = unknown.Of($"made up {(10 * UnknownItems.Limit) - 1}");
        Assert.Same(last, unknown.Of(last.ItemId));
    }
}
