using DinOrleans.Model.Ranking;
using DinOrleans.Model.Schema;

namespace DinOrleans.Model.Tests.Ranking;

public sealed class ScoreLayoutTests
{
    private static readonly FeatureSchema Schema = new()
    {
        ItemFeatures = [new("item_id", 6), new("category", 2)],
        UserFeatures = [new("age_band", 3)],
        NumericFeatures = [new("price", FeatureSource.Item), new("age", FeatureSource.User), new("stock", FeatureSource.Item)],
        Tasks = [new("click", ["click"])],
        Behaviours = new(["click"]),
    };

    [Fact]
    public void Layout_Schema_HasOneFieldPerFeature()
    {
        ScoreLayout layout = Schema.Layout();

        Assert.Equal([6, 2, 1, 1], layout.ItemFields);
        Assert.Equal([3, 1], layout.ProfileFields);
        Assert.Empty(layout.ContextFields);
        Assert.Equal((2, 1, 0), (layout.ItemNumbers, layout.ProfileNumbers, layout.ContextNumbers));
        Assert.Equal(10, layout.ItemWidth);
        Assert.Equal(4, layout.ProfileWidth);
    }

    [Fact]
    public void Equals_SameWidths_IsTrue()
    {
        Assert.Equal(Schema.Layout(), Schema.Layout());
        Assert.Equal(Schema.Layout().GetHashCode(), Schema.Layout().GetHashCode());
        Assert.NotEqual(Schema.Layout(), Schema.Layout() with { ItemFields = [2, 6, 1, 1] });
        Assert.NotEqual(Schema.Layout(), Schema.Layout() with { ItemNumbers = 1 });
        Assert.NotEqual(Schema.Layout(), Schema.Layout() with { ProfileNumbers = 0 });
        Assert.NotEqual(Schema.Layout(), Schema.Layout() with { ContextNumbers = 1 });
        Assert.NotEqual(Schema.Layout(), Schema.Layout() with { TaskCount = 2 });
    }

    [Fact]
    public void Fields_NothingStated_AreOneOfAll()
    {
        var layout = new ScoreLayout(6, 0, 2, 1);

        Assert.Equal([6], layout.ItemFields);
        Assert.Empty(layout.ProfileFields);
        Assert.Equal([2], layout.ContextFields);
    }
}
