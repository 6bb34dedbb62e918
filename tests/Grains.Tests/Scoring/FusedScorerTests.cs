using System.Runtime.Intrinsics;
using DinOrleans.Export.Onnx;
using DinOrleans.Grains.Scoring;
using DinOrleans.Kernels;
using DinOrleans.Kernels.Processors;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;
using DinOrleans.TestShop;

namespace DinOrleans.Grains.Tests.Scoring;

/// <summary>The fused kernel scores what the graph on ONNX Runtime scores.</summary>
public sealed class FusedScorerTests
{
    private const float Tolerance = 1e-4f;

    public static TheoryData<string> Options() =>
    [
        """{ "activation": "dice" }""",
        """{ "activation": "dice", "softmax": false }""",
        """{ "activation": "sigmoid", "attentionUnits": [80, 40], "topUnits": [200, 80] }""",
        """{ "activation": "pRelu", "attentionUnits": [16], "topUnits": [100, 50, 25], "useBias": false }""",
        """{ "activation": "relu", "attentionUnits": [33, 17, 5], "topUnits": [7] }""",
        """{ "activation": "dice", "interaction": "difference", "softmax": false }""",
        """{ "activation": "dice", "recency": true, "intensity": true }""",
        """{ "activation": "dice", "interaction": "product", "softmax": true }""",
    ];

    [Theory]
    [MemberData(nameof(Options))]
    public void Score_BatchOfManyShapes_EqualsTheGraph(string optionsJson)
    {
        Assert.SkipUnless(Vector512.IsHardwareAccelerated, "This machine has no vectors of 512 bits.");
        var layout = new ScoreLayout(ItemWidth: 18, ProfileWidth: 3, ContextWidth: 2, TaskCount: 2);
        var model = (Din)RankingModels.Create(Din.Name, layout, optionsJson);
        IReadOnlyDictionary<string, ParameterValue> parameters = Trained(InitialParameters.Draw(model, seed: 3));
        string graph = Path.GetTempFileName();
        File.WriteAllBytes(graph, OnnxExporter.Export(model, layout, parameters));
        try
        {
            using OnnxScorer reference = OnnxScorer.Load(graph, layout, new ScoringOptions());
            using var fused = new FusedScorer(new ProcessorDin(new FusedDinForm(layout, model.Options, parameters)));
            ScoreRequest[] requests =
            [
                RandomRequest.Create(layout, candidates: 7, history: 5, seed: 1, explain: true),
                RandomRequest.Create(layout, candidates: 1, history: 9, seed: 2, explain: true),
                RandomRequest.Create(layout, candidates: 4, history: 0, seed: 3, explain: true),
                RandomRequest.Create(layout, candidates: 10, history: 1, seed: 4, explain: true),
            ];
            var expected = new ScoreBatch();
            var actual = new ScoreBatch();
            for (int round = 0; round < 2; round++)
            {
                expected.Pack(requests, layout);
                actual.Pack(requests, layout);
                reference.Score(expected, attention: true);
                fused.Score(actual, attention: true);
                for (int r = 0; r < requests.Length; r++)
                {
                    AssertEqual(expected.Unpack(r, requests[r], attention: true), actual.Unpack(r, requests[r], attention: true));
                }
            }
        }
        finally
        {
            File.Delete(graph);
        }
    }

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{ "softmax": false }""", true)]
    [InlineData("""{ "batchNorm": true }""", false)]
    [InlineData("""{ "crosses": true }""", false)]
    public void Load_FusedKernel_LeavesWhatItHasNoFormOfToOnnxRuntime(string optionsJson, bool hasFusedForm)
    {
        Assert.SkipUnless(Vector512.IsHardwareAccelerated, "This machine has no vectors of 512 bits.");
        string folder = Directory.CreateTempSubdirectory("fused-").FullName;
        try
        {
            using Artifact artifact = Artifact.Open(UntrainedArtifact.Write(folder, SmallShop.Schema, SmallShop.Values, Din.Name, optionsJson));
            using IScorer scorer = Scorers.Load(artifact, new ScoringOptions { Kernel = ScoringKernel.Fused });
            Assert.Equal(hasFusedForm, scorer is FusedScorer);
            Assert.Equal(!hasFusedForm, scorer is OnnxScorer);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AssertEqual(ScoreResult expected, ScoreResult actual)
    {
        Assert.Equal(expected.Scores.Length, actual.Scores.Length);
        for (int i = 0; i < expected.Scores.Length; i++)
        {
            Assert.Equal(expected.Scores.Span[i], actual.Scores.Span[i], Tolerance);
        }

        Assert.Equal(expected.Attention!.Length, actual.Attention!.Length);
        for (int i = 0; i < expected.Attention.Length; i++)
        {
            Assert.Equal(expected.Attention.Span[i], actual.Attention.Span[i], Tolerance);
        }
    }

    /// <summary>Values as after training: no bias, slope or statistic is what it starts with.</summary>
    private static Dictionary<string, ParameterValue> Trained(IReadOnlyDictionary<string, ParameterValue> initial)
    {
        var random = new Random(5);
        return initial.ToDictionary(p => p.Key, p => new ParameterValue(p.Value.Shape, [.. p.Value.Data.Select(v => p.Key switch
        {
            _ when p.Key.EndsWith("variance", StringComparison.Ordinal) => 0.2f + random.NextSingle(),
            _ => v + (0.4f * (random.NextSingle() - 0.5f)),
        })]));
    }
}
