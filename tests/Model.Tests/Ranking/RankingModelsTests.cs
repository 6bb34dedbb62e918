using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Tests.Ranking;

public sealed class RankingModelsTests
{
    private const string Mmoe = """{ "multiTask": "mmoe" }""";

    private static readonly ScoreLayout Layout = new(6, 3, 2, 1);

    public static TheoryData<string> EveryModel() => [.. RankingModels.Names];

    [Theory]
    [MemberData(nameof(EveryModel))]
    public void Create_NoOptions_MakesTheModelOfThatName(string name)
    {
        Assert.Equal(name, RankingModels.Create(name, Layout, null).Name);
        Assert.Equal(name, RankingModels.Create(name, Layout, RankingModels.CompleteOptions(name, "{}")).Name);
    }

    [Theory]
    [MemberData(nameof(EveryModel))]
    public void OutputBias_EveryModel_IsAParameterOfOneValuePerTask(string name)
    {
        var twoTasks = new ScoreLayout(6, 3, 2, 2);
        string[] options = RankingModels.Check(name, twoTasks, Mmoe).Count == 0 ? ["{}", Mmoe] : ["{}"];
        Assert.All(options, json =>
        {
            IRankingModel model = RankingModels.Create(name, twoTasks, json);

            Assert.Equal([2], InitialParameters.Draw(model, seed: 1)[model.OutputBias].Shape);
        });
    }

    [Theory]
    [MemberData(nameof(EveryModel))]
    public void Create_UnknownOption_NamesIt(string name)
    {
        var error = Assert.Throws<InvalidContentException>(() => RankingModels.Create(name, Layout, """{ "depth": 3 }"""));
        Assert.StartsWith($"{name} options:", error.Message);
        Assert.Contains("depth", error.Message);
    }

    [Fact]
    public void Create_UnknownModel_ListsTheKnown()
    {
        var error = Assert.Throws<InvalidContentException>(() => RankingModels.Create("dn", Layout, null));
        Assert.Contains("\"dn\"", error.Message);
        Assert.All(RankingModels.Names, name => Assert.Contains(name, error.Message));
    }

    [Theory]
    [InlineData("base", """{ "topUnits": [] }""", "topUnits")]
    [InlineData("base", """{ "topUnits": [0] }""", "topUnits")]
    [InlineData("base", """{ "topUnits": [4097] }""", "topUnits")]
    [InlineData("base", """{ "topUnits": [1, 1, 1, 1, 1, 1, 1, 1, 1] }""", "topUnits")]
    [InlineData("base", """{ "topUnits": null }""", "topUnits")]
    [InlineData("base", """{ "dropout": 1 }""", "dropout")]
    [InlineData("base", """{ "dropout": -0.1 }""", "dropout")]
    [InlineData("base", """{ "activation": "tanh" }""", "activation")]
    [InlineData("base", """{ "activation": 1 }""", "activation")]
    [InlineData("base", """{ "pooling": "max" }""", "pooling")]
    [InlineData("base", """{ "experts": 1 }""", "experts must be 2 to 16")]
    [InlineData("base", """{ "powers": true }""", "powers needs a number of items, users or contexts")]
    [InlineData("din", """{ "experts": 17 }""", "experts must be 2 to 16")]
    [InlineData("dien", """{ "multiTask": "mmoe" }""", "multiTask mmoe needs two tasks")]
    [InlineData("din", """{ "multiTask": "ple" }""", "multiTask")]
    [InlineData("din", """{ "attentionUnits": [] }""", "attentionUnits")]
    [InlineData("din", """{ "attention": "hard" }""", "attention")]
    [InlineData("din", """{ "interaction": "sum" }""", "interaction")]
    [InlineData("din", """{ "attention": "dot", "interaction": "outer" }""", "interaction")]
    [InlineData("din", """{ "attention": "cosine", "recency": true }""", "recency is an option of attention")]
    [InlineData("wide-deep", """{ "crosses": true }""", "crosses are part of wide-deep")]
    [InlineData("din", """{ "softmax": true, "intensity": true }""", "intensity means nothing with softmax")]
    [InlineData("lr", """{ "pooling": 1 }""", "pooling")]
    [InlineData("wide-deep", """{ "topUnits": [] }""", "topUnits")]
    [InlineData("pnn", """{ "fieldWidth": 0 }""", "fieldWidth")]
    [InlineData("deepfm", """{ "fieldWidth": 513 }""", "fieldWidth")]
    [InlineData("deepfm", """{ "dropout": 1 }""", "dropout")]
    [InlineData("afm", """{ "fieldWidth": 0 }""", "fieldWidth")]
    [InlineData("afm", """{ "attentionWidth": 0 }""", "attentionWidth")]
    [InlineData("afm", """{ "dropout": 1 }""", "dropout")]
    [InlineData("two-tower", """{ "towerUnits": [] }""", "towerUnits")]
    [InlineData("two-tower", """{ "outputWidth": 0 }""", "outputWidth")]
    [InlineData("two-tower", """{ "dropout": 1 }""", "dropout")]
    [InlineData("two-tower", """{ "temperature": 0 }""", "temperature")]
    [InlineData("two-tower", """{ "attention": "unit" }""", "attention")]
    [InlineData("two-tower", """{ "loss": "hinge" }""", "loss")]
    [InlineData("three-tower", """{ "loss": "inBatch" }""", "loss")]
    [InlineData("three-tower", """{ "crossUnits": [] }""", "crossUnits")]
    [InlineData("three-tower", """{ "temperature": 101 }""", "temperature")]
    [InlineData("three-tower", """{ "positions": 1 }""", "positions must be 0 or 2 to 100")]
    [InlineData("three-tower", """{ "positions": -1 }""", "positions must be 0 or 2 to 100")]
    [InlineData("three-tower", """{ "positions": 101 }""", "positions must be 0 or 2 to 100")]
    [InlineData("two-tower", """{ "positions": 2 }""", "positions")]
    [InlineData("dien", """{ "auxiliaryWeight": -1 }""", "auxiliaryWeight")]
    [InlineData("dien", """{ "auxiliaryWeight": 101 }""", "auxiliaryWeight")]
    [InlineData("dien", """{ "evolution": "gru" }""", "evolution")]
    [InlineData("dien", """{ "attention": "cosine" }""", "attention must be \"bilinear\" or \"unit\"")]
    [InlineData("dien", """{ "attention": "unit", "attentionUnits": [] }""", "attentionUnits")]
    [InlineData("dien", """{ "recency": true }""", "recency is an option of attention \"unit\" only")]
    [InlineData("dien", """{ "intensity": true }""", "intensity means nothing with softmax")]
    public void Create_BadOption_NamesModelAndField(string name, string options, string field)
    {
        var error = Assert.Throws<InvalidContentException>(() => RankingModels.Create(name, Layout, options));
        Assert.StartsWith($"{name} options:", error.Message);
        Assert.Contains(field, error.Message);
    }

    [Theory]
    [InlineData("{", "must be valid JSON; line 1, byte ")]
    [InlineData("[]", "must be an object.")]
    [InlineData("""{ "softmax": true, "softmax": false }""", "softmax is stated twice.")]
    [InlineData("""{ "depth": 3 }""", "depth is unknown; known are attention, interaction, attentionUnits, recency, intensity, softmax, topUnits, ")]
    [InlineData("""{ "Softmax": true }""", "Softmax is unknown; known are ")]
    [InlineData("""{ "softmax": "true" }""", "softmax must be true or false.")]
    [InlineData("""{ "intensity": null }""", "intensity must not be null.")]
    [InlineData("""{ "dropout": "0.1" }""", "dropout must be a number.")]
    [InlineData("""{ "experts": 4.5 }""", "experts must be a whole number below 2^31.")]
    [InlineData("""{ "experts": 4294967296 }""", "experts must be a whole number below 2^31.")]
    [InlineData("""{ "topUnits": 80 }""", "topUnits must be an array.")]
    [InlineData("""{ "topUnits": [80, "40"] }""", "topUnits[1] must be a whole number below 2^31.")]
    [InlineData("""{ "topUnits": [null] }""", "topUnits[0] must not be null.")]
    [InlineData("""{ "activation": "tanh" }""", "activation must be \"sigmoid\", \"relu\", \"pRelu\" or \"dice\".")]
    [InlineData("""{ "activation": "PReLU" }""", "activation must be \"sigmoid\", \"relu\", \"pRelu\" or \"dice\".")]
    [InlineData("""{ "attention": 0 }""", "attention must be \"unit\", \"dot\", \"cosine\" or \"bilinear\".")]
    [InlineData("""{ "depth": 3, "softmax": 1 }""", "depth is unknown; ")]
    public void Create_ValueOfAnotherKind_SaysWhatTheFieldTakes(string options, string rule)
    {
        string message = Assert.Throws<InvalidContentException>(() => RankingModels.Create(Din.Name, Layout, options)).Message;
        Assert.StartsWith($"din options: {rule}", message, StringComparison.Ordinal);
        Assert.Equal(message, Assert.Throws<InvalidContentException>(() => RankingModels.CompleteOptions(Din.Name, options)).Message);
    }

    [Fact]
    public void Create_SeveralBadOptions_NamesAll()
    {
        var error = Assert.Throws<InvalidContentException>(() => RankingModels.Create("din", Layout, """{ "topUnits": [], "dropout": 2, "attentionUnits": [0] }"""));
        Assert.Equal(
            "din options: topUnits must be 1 to 8 layers of 1 to 4096 units; dropout must be 0 to below 1; "
            + "attentionUnits must be 1 to 8 layers of 1 to 4096 units.",
            error.Message);
    }

    [Fact]
    public void Create_OuterProductOfWideVectors_IsRefused()
    {
        string outer = """{ "interaction": "outer" }""";
        Assert.Equal(Din.Name, RankingModels.Create(Din.Name, Layout with { ItemWidth = DinOptions.MaxOuterWidth }, outer).Name);
        var error = Assert.Throws<InvalidContentException>(
            () => RankingModels.Create(Din.Name, Layout with { ItemWidth = DinOptions.MaxOuterWidth + 1 }, outer));
        Assert.Contains("129", error.Message);
    }

    [Fact]
    public void Create_ThreeTowersWithNothingToCross_IsRefused()
    {
        ScoreLayout bare = Layout with { ContextWidth = 0, ContextFields = [] };
        string none = """{ "positions": 0 }""";
        Assert.Equal(ThreeTower.Name, RankingModels.Create(ThreeTower.Name, bare with { ItemNumbers = 1 }, none).Name);
        Assert.Equal(ThreeTower.Name, RankingModels.Create(ThreeTower.Name, bare, """{ "positions": 2 }""").Name);
        var error = Assert.Throws<InvalidContentException>(() => RankingModels.Create(ThreeTower.Name, bare, none));
        Assert.Contains("context", error.Message);
    }

    [Theory]
    [InlineData("{}", true, true)]
    [InlineData("""{ "softmax": null, "recency": null }""", true, true)]
    [InlineData("""{ "softmax": false }""", false, false)]
    [InlineData("""{ "softmax": false, "recency": true }""", false, true)]
    [InlineData("""{ "recency": false }""", true, false)]
    [InlineData("""{ "intensity": true }""", false, false)]
    [InlineData("""{ "intensity": true, "recency": true }""", false, true)]
    [InlineData("""{ "attention": "cosine" }""", false, false)]
    [InlineData("""{ "attention": "dot", "softmax": true }""", true, false)]
    public void CompleteOptions_WeightsOfDin_StatesWhatTheOptionsComeTo(string options, bool softmax, bool recency)
    {
        string full = RankingModels.CompleteOptions(Din.Name, options);

        Assert.Contains($"\"softmax\":{(softmax ? "true" : "false")}", full);
        Assert.Contains($"\"recency\":{(recency ? "true" : "false")}", full);
        Assert.Equal(full, RankingModels.CompleteOptions(Din.Name, full));
        DinOptions made = ((Din)RankingModels.Create(Din.Name, Layout, options)).Options;
        Assert.Equal((softmax, recency), (made.Softmax == true, made.Recency == true));
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(3, 10)]
    public void Create_Afm_StartsWithTheWeightsOfAFactorisationMachine(int profileWidth, int pairs)
    {
        var layout = new ScoreLayout(8, profileWidth, 0, 2) { ItemFields = [4, 4] };

        IReadOnlyDictionary<string, ParameterValue> initial = InitialParameters.Draw(RankingModels.Create(Afm.Name, layout, null), seed: 1);

        // Times the mean over pairs, which attention starts near, it is their sum.
        Assert.All(initial["pairs/logit/weight"].Data, weight => Assert.Equal(pairs, weight));
    }

    [Fact]
    public void CompleteOptions_FewOptions_FillsInTheRest()
    {
        string full = RankingModels.CompleteOptions("din", """{ "softmax": true }""");
        Assert.Contains("\"softmax\":true", full);
        Assert.Contains("\"attention\":\"unit\"", full);
        Assert.Contains("\"topUnits\":[80,40]", full);
        Assert.Equal(full, RankingModels.CompleteOptions("din", full));
    }
}
