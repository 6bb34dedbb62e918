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
            using FusedScorer? scorer = FusedScorer.TryLoad(artifact, options, device: 0);
            Assert.NotNull(scorer);
            var expected = new ScoreBatch();
            var actual = new ScoreBatch();
            ScoreRequest[] requests = [Request(artifact, 7, 5, 1), Request(artifact, 1, 9, 2), Request(artifact, 40, 0, 3)];
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

    private static ScoreRequest Request(Artifact artifact, int candidates, int history, int seed)
    {
        var random = new Random(seed);
        FloatBlock Numbers(int count) => new([.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)]);
        return new()
        {
            ModelVersion = artifact.Manifest.Version,
            Behaviours = Numbers(history * artifact.Layout.ItemWidth),
            Candidates = Numbers(candidates * artifact.Layout.ItemWidth),
            CandidateBias = Numbers(candidates),
            Profile = Numbers(artifact.Layout.ProfileWidth),
            Context = Numbers(artifact.Layout.ContextWidth),
            HistoryLength = history,
            CandidateCount = candidates,
            Explain = true,
        };
    }
}
