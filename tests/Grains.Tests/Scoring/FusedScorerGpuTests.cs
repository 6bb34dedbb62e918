using DinOrleans.Grains.Scoring;
using DinOrleans.Kernels.Cuda;
using DinOrleans.Model.Artifacts;
using DinOrleans.TestShop;

namespace DinOrleans.Grains.Tests.Scoring;

/// <summary>What a GPU scores, where there is one, is what ONNX Runtime scores on processors.</summary>
[Trait("Category", "Gpu")]
public sealed class FusedScorerGpuTests
{
    [Theory]
    [InlineData("{}", ScoringPrecision.Full, 1e-4f)]
    [InlineData("""{ "activation": "sigmoid", "attentionUnits": [33, 17], "topUnits": [7] }""", ScoringPrecision.Full, 1e-4f)]
    [InlineData("""{ "recency": true, "intensity": true, "activation": "pRelu" }""", ScoringPrecision.Full, 1e-4f)]
    [InlineData("""{ "softmax": false }""", ScoringPrecision.Full, 1e-4f)]
    [InlineData("""{ "softmax": true, "interaction": "difference" }""", ScoringPrecision.Full, 1e-4f)]
    [InlineData("{}", ScoringPrecision.Half, 2e-3f)]
    public void Score_OnAGpu_EqualsTheGraph(string optionsJson, ScoringPrecision precision, float tolerance)
    {
        Assert.SkipUnless(CudaDevice.Count > 0, "This machine has no CUDA device.");
        string folder = Directory.CreateTempSubdirectory("cuda-").FullName;
        try
        {
            using Artifact artifact = Artifact.Open(UntrainedArtifact.Write(folder, SmallShop.Schema, SmallShop.Values, optionsJson: optionsJson));
            var options = new ScoringOptions { Accelerator = Accelerator.Cuda, Precision = precision };
            using OnnxScorer reference = OnnxScorer.Load(artifact.ScorerPath, artifact.Layout, new ScoringOptions());
            using ChosenScorer chosen = Scorers.Load(artifact, options);
            FusedScorer scorer = Assert.IsType<FusedScorer>(chosen.Scorer);
            var expected = new ScoreBatch();
            var actual = new ScoreBatch();
            ScoreRequest[] requests =
            [
                RandomRequest.Create(artifact.Layout, candidates: 7, history: 5, seed: 1, explain: true),
                RandomRequest.Create(artifact.Layout, candidates: 1, history: 9, seed: 2, explain: true),
                RandomRequest.Create(artifact.Layout, candidates: 40, history: 0, seed: 3, explain: true),
            ];
            expected.Pack(requests, artifact.Layout);
            actual.Pack(requests, artifact.Layout);
            reference.Score(expected, attention: true);
            scorer.Score(actual, attention: true);
            for (int r = 0; r < requests.Length; r++)
            {
                ScoreResult right = expected.Unpack(r, requests[r], attention: true);
                ScoreResult found = actual.Unpack(r, requests[r], attention: true);
                AssertEqual(right.Scores, found.Scores, tolerance);
                AssertEqual(right.Attention!, found.Attention!, 10 * tolerance);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertEqual(FloatBlock expected, FloatBlock actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected.Span[i], actual.Span[i], tolerance);
        }
    }
}
