using DinOrleans.Grains.Items;

namespace DinOrleans.Grains.Tests.Items;

public sealed class UnknownItemsTests
{
    [Fact]
    public void GetOrAdd_AnIdAskedForAgain_IsTheSameItem()
    {
        var unknown = new UnknownItems();
        CatalogueItem item = unknown.GetOrAdd("made up");

        Assert.Same(item, unknown.GetOrAdd("made up"));
        Assert.Equal(("made up", false, 0), (item.ItemId, item.IsKnown, item.Revision));
    }

    [Fact]
    public void GetOrAdd_ManyIds_KeepsTheLatestWithinItsBound()
    {
        var unknown = new UnknownItems();
        CatalogueItem asked = unknown.GetOrAdd("asked for now and then");
        for (int i = 0; i < 10 * UnknownItems.Limit; i++)
        {
            unknown.GetOrAdd($"made up {i}");
            if (i % (UnknownItems.Limit / 2) == 0)
            {
                Assert.Same(asked, unknown.GetOrAdd("asked for now and then"));
            }
        }

        Assert.InRange(unknown.Count, 1, 2 * UnknownItems.Limit);
        CatalogueItem last = unknown.GetOrAdd($"made up {(10 * UnknownItems.Limit) - 1}");
        Assert.Same(last, unknown.GetOrAdd(last.ItemId));
    }
}
