using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Schema;
using DinOrleans.TestShop;

namespace DinOrleans.Grains.Tests.Scoring;

public sealed class ScorersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scorers-").FullName;

    [Theory]
    [InlineData(Din.Name, "{}")]
    [InlineData(Din.Name, """{ "softmax": false, "batchNorm": true, "crosses": true, "recency": true, "intensity": true }""")]
    [InlineData(BaseModel.Name, "{}")]
    [InlineData(TwoTower.Name, "{}")]
    public void Load_FusedForAModelWithAForm_ScoresByTheKernel(string model, string optionsJson)
    {
        using ChosenScorer chosen = Load(model, optionsJson, ScoringKernel.Fused);

        Assert.IsType<FusedScorer>(chosen.Scorer);
        Assert.False(chosen.IsFallback);
        Assert.Equal("Scoring:Kernel is Fused, and the version has a fused form.", chosen.Reason);
    }

    [Theory]
    [InlineData(WideDeep.Name, "{}", "The model is wide-deep, and the fused kernels score din, base and two-tower only.")]
    [InlineData(Din.Name, """{ "attention": "dot" }""", "The option attention is dot, and the fused kernels weigh behaviours by the activation unit only.")]
    [InlineData(Din.Name, """{ "interaction": "outer" }""", "The option interaction is outer, and the fused kernels do not compute outer products.")]
    public void Load_FusedForAVersionWithoutAForm_FallsBackAndSaysWhy(string model, string optionsJson, string reason)
    {
        using ChosenScorer chosen = Load(model, optionsJson, ScoringKernel.Fused);

        Assert.IsType<OnnxScorer>(chosen.Scorer);
        Assert.True(chosen.IsFallback);
        Assert.Equal(reason, chosen.Reason);
    }

    [Fact]
    public void Load_AutoForADinWithAForm_TimesBothAndTakesTheFasterOne()
    {
        using ChosenScorer chosen = Load(Din.Name, "{}", ScoringKernel.Auto);

        string[] kernels = [.. chosen.Trial.Select(t => t.Kernel).Distinct()];
        Assert.Equal(2, kernels.Length);
        Assert.Contains("ONNX Runtime", kernels);
        Assert.Equal(ScorerTrial.IsFirstFaster(chosen.Trial, chosen.Scorer.Kernel), chosen.Trial.Count > 0);
        Assert.All(kernels, kernel => Assert.Contains(ScorerTrial.Describe(chosen.Trial, kernel), chosen.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Load_AutoForAVersionWithoutAForm_IsNoFallback()
    {
        using ChosenScorer chosen = Load(WideDeep.Name, "{}", ScoringKernel.Auto);

        Assert.IsType<OnnxScorer>(chosen.Scorer);
        Assert.False(chosen.IsFallback);
        Assert.Empty(chosen.Trial);
    }

    [Fact]
    public void Load_SeveralSequences_ScoresByTheKernel()
    {
        FeatureSchema schema = SmallShop.Schema with { OtherEvents = ["buy"], Sequences = [new("bought", ["buy"], 2)] };
        using Artifact artifact = Artifact.Open(UntrainedArtifact.Write(_folder, schema, SmallShop.Values));
        using ChosenScorer fused = Scorers.Load(artifact, new ScoringOptions { Kernel = ScoringKernel.Fused });
        using ChosenScorer onnx = Scorers.Load(artifact, new ScoringOptions { Kernel = ScoringKernel.OnnxRuntime });

        Assert.IsType<FusedScorer>(fused.Scorer);
        Assert.IsType<OnnxScorer>(onnx.Scorer);
    }

    [Theory]
    [InlineData(1, 3, 2, 1, false)]
    [InlineData(1, 3, 2, 4, true)]
    [InlineData(2, 3, 2, 3, true)]
    public void IsFirstFaster_TimesPerShape_ComparesTheirRatios(int firstSmall, int firstLarge, int secondSmall, int secondLarge, bool first)
    {
        TrialTime[] times =
        [
            new("a", "20x20", TimeSpan.FromMilliseconds(firstSmall)),
            new("b", "20x20", TimeSpan.FromMilliseconds(secondSmall)),
            new("a", "100x50", TimeSpan.FromMilliseconds(firstLarge)),
            new("b", "100x50", TimeSpan.FromMilliseconds(secondLarge)),
        ];

        Assert.Equal(first, ScorerTrial.IsFirstFaster(times, "a"));
    }

    [Fact]
    public void Describe_Times_NamesThemWithTheirShapes()
    {
        TrialTime[] times = [new("a", "20x20", TimeSpan.FromMicroseconds(123)), new("b", "20x20", TimeSpan.FromMilliseconds(9)), new("a", "100x50", TimeSpan.FromMilliseconds(1.5))];

        Assert.Equal("a took 0.123 ms at 20x20 and 1.500 ms at 100x50", ScorerTrial.Describe(times, "a"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ChosenScorer Load(string model, string optionsJson, ScoringKernel kernel)
    {
        Artifact artifact = Artifact.Open(UntrainedArtifact.Write(_folder, SmallShop.Schema, SmallShop.Values, model, optionsJson));
        using (artifact)
        {
            return Scorers.Load(artifact, new ScoringOptions { Kernel = kernel });
        }
    }
}
