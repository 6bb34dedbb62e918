using DinOrleans.Model.Ranking;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Export.Tests;

/// <summary>A small version with every kind of feature.</summary>
internal static class TestContent
{
    public static FeatureSchema Schema { get; } = new()
    {
        ItemFeatures = [new("item_id", 2), new("shop", 1)],
        UserFeatures = [new("age_band", 2)],
        ContextFeatures = [new("device", 1)],
        NumericFeatures = [new("price", FeatureSource.Item)],
        Tasks = [new("click", ["click"])],
        Behaviours = new(["click"], 5),
    };

    public static ArtifactContent Make()
    {
        return new()
        {
            Schema = Schema,
            Model = BaseModel.Name,
            Options = Options,
            Parameters = InitialParameters.Draw(RankingModels.Create(BaseModel.Name, Schema.Layout(), Options), seed: 1),
            Vocabularies = new Dictionary<string, Vocabulary>
            {
                ["item.item_id"] = new(["i1", "line\nbreak \"ü\""], 2),
                ["item.shop"] = new(["s1"], 1),
                ["user.age_band"] = new(["20-29"], 1),
                ["context.device"] = new(["ios"], 1),
            },
            Tables = new Dictionary<string, ParameterValue>
            {
                ["item.item_id"] = Rows(5, 2),
                ["item.shop"] = Rows(3, 1),
                ["user.age_band"] = Rows(3, 2),
                ["context.device"] = Rows(3, 1),
                [FeatureKeys.ItemBias] = Rows(5, 1),
            },
            Scalers = new Dictionary<string, NumericScaler> { ["item.price"] = new(Normalisation.Standard, 10, 2) },
            Metrics = new Dictionary<string, double> { ["auc"] = 0.75 },
            Data = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1), 10, "abc"),
            StoredSample = new()
            {
                Items = [new Dictionary<string, string> { ["item_id"] = "i1", ["shop"] = "s1", ["price"] = "14" }],
                Behaviours = [0],
                Candidates = [0],
                Profile = new Dictionary<string, string> { ["age_band"] = "20-29" },
                Context = new Dictionary<string, string>(),
                Scores = [0.5f],
            },
        };
    }

    private static string Options => RankingModels.CompleteOptions(BaseModel.Name, """{ "topUnits": [3], "activation": "relu" }""");

    private static ParameterValue Rows(int rows, int dimension) =>
        new([rows, dimension], [.. Enumerable.Range(0, rows * dimension).Select(i => (float)i)]);
}
