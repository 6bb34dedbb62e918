using DinOrleans.Grains.Shop;
using DinOrleans.Model.Schema;
using DinOrleans.TestShop;

namespace DinOrleans.Grains.Tests.Shop;

public sealed class ShopSchemaTests
{
    [Fact]
    public void Check_SequencesOtherThanTheShops_AreNamed()
    {
        FeatureSchema shop = SmallShop.Schema with { OtherEvents = ["buy"], Sequences = [new("bought", ["buy"], 5)] };
        var own = new ShopSchema(shop);

        Assert.Null(own.Check(shop));
        Assert.Null(own.Check(SmallShop.Schema));
        Assert.Null(own.Check(shop with { Sequences = [new("bought", ["buy"], 4)] }));
        Assert.Contains("sequences[0], \"bought\"", own.Check(shop with { Sequences = [new("bought", ["buy"], 6)] }), StringComparison.Ordinal);
        Assert.Contains("sequences[0], \"bought\"", own.Check(shop with { Sequences = [new("bought", ["click"], 5)] }), StringComparison.Ordinal);
        Assert.Contains("sequences[0], \"cart\"", own.Check(shop with { Sequences = [new("cart", ["buy"], 5)] }), StringComparison.Ordinal);
        Assert.Contains("sequences[0]", new ShopSchema(SmallShop.Schema).Check(shop), StringComparison.Ordinal);
    }
}
