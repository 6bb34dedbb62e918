using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Schema;
using DinOrleans.TestShop;

namespace DinOrleans.Grains.Tests.Scoring;

public sealed class ScorersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scorers-").FullName;

    [Fact]
    public void Load_SeveralSequencesWithTheFusedKernel_ScoresOnOnnxRuntime()
    {
        FeatureSchema schema = SmallShop.Schema with { OtherEvents = ["buy"], Sequences = [new("bought", ["buy"], 2)] };
        var options = new ScoringOptions { Kernel = ScoringKernel.Fused };
        using Artifact several = Open("several", schema);
        using Artifact one = Open("one", SmallShop.Schema);

        using IScorer scorer = Scorers.Load(several, options);
        using IScorer fused = Scorers.Load(one, options);

        Assert.IsType<OnnxScorer>(scorer);
        Assert.IsNotType<OnnxScorer>(fused);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Artifact Open(string name, FeatureSchema schema) => Artifact.Open(UntrainedArtifact.Write(Path.Combine(_folder, name), schema, SmallShop.Values));
}
