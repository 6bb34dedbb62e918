using DinOrleans.Export.Onnx;
using DinOrleans.Grains.Scoring;
using DinOrleans.Kernels;
using DinOrleans.Kernels.Processors;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;
using DinOrleans.TestShop;

namespace DinOrleans.Grains.Tests.Scoring;

/// <summary>
/// The fused kernel scores what the graph on ONNX Runtime scores, with every instruction set of this machine. <see cref="HiddenInstructionsTests"/>
/// runs these tests again where the processor's instructions are hidden.
/// </summary>
public sealed class FusedScorerTests
{
    private const float Tolerance = 1e-4f;

    private static readonly ScoreLayout OneSequence = new(ItemWidth: 18, ProfileWidth: 3, ContextWidth: 2, TaskCount: 2);

    private static readonly string[] Forms =
    [
        """{ "activation": "dice" }""",
        """{ "activation": "dice", "softmax": false }""",
        """{ "activation": "sigmoid", "attentionUnits": [80, 40], "topUnits": [200, 80] }""",
        """{ "activation": "pRelu", "attentionUnits": [16], "topUnits": [100, 50, 25], "useBias": false }""",
        """{ "activation": "relu", "attentionUnits": [33, 17, 5], "topUnits": [7] }""",
        """{ "activation": "dice", "interaction": "difference", "softmax": false }""",
        """{ "activation": "dice", "recency": true, "intensity": true }""",
        """{ "activation": "dice", "interaction": "product", "softmax": true }""",
        """{ "activation": "dice", "batchNorm": true, "topUnits": [30, 20, 10] }""",
        """{ "activation": "pRelu", "crosses": true }""",
    ];

    public static TheoryData<InstructionSet, string> Cases()
    {
        var cases = new TheoryData<InstructionSet, string>();
        foreach (InstructionSet set in InstructionSets.Available)
        {
            Array.ForEach(Forms, form => cases.Add(set, form));
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_BatchOfManyShapes_EqualsTheGraph(InstructionSet set, string optionsJson) => AssertEqualsTheGraph(
        set,
        OneSequence,
        optionsJson,
        [
            RandomRequest.Create(OneSequence, candidates: 7, history: 5, seed: 1, explain: true),
            RandomRequest.Create(OneSequence, candidates: 1, history: 9, seed: 2, explain: true),
            RandomRequest.Create(OneSequence, candidates: 4, history: 0, seed: 3, explain: true),
            RandomRequest.Create(OneSequence, candidates: 70, history: 1, seed: 4, explain: true),
        ]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_SeveralSequences_EqualsTheGraph(InstructionSet set, string optionsJson)
    {
        ScoreLayout layout = OneSequence with { TaskCount = 1, Sequences = ["bought", "liked"] };
        AssertEqualsTheGraph(
            set,
            layout,
            optionsJson,
            [
                RandomRequest.Create(layout, candidates: 7, history: 9, seed: 1, explain: true) with { SequenceLengths = [3, 2] },
                RandomRequest.Create(layout, candidates: 21, history: 6, seed: 2, explain: true) with { SequenceLengths = [0, 6] },
                RandomRequest.Create(layout, candidates: 2, history: 0, seed: 3, explain: true) with { SequenceLengths = [0, 0] },
            ]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_WithoutProfileAndContext_EqualsTheGraph(InstructionSet set, string optionsJson)
    {
        var layout = new ScoreLayout(ItemWidth: 64, ProfileWidth: 0, ContextWidth: 0, TaskCount: 1);
        AssertEqualsTheGraph(set, layout, optionsJson, [RandomRequest.Create(layout, candidates: 33, history: 40, seed: 1, explain: true)]);
    }

    private static void AssertEqualsTheGraph(InstructionSet set, ScoreLayout layout, string optionsJson, ScoreRequest[] requests)
    {
        var model = (Din)RankingModels.Create(Din.Name, layout, optionsJson);
        IReadOnlyDictionary<string, ParameterValue> parameters = Trained(InitialParameters.Draw(model, seed: 3));
        string graph = Path.GetTempFileName();
        File.WriteAllBytes(graph, OnnxExporter.Export(model, layout, parameters));
        try
        {
            using OnnxScorer reference = OnnxScorer.Load(graph, layout, new ScoringOptions());
            using var fused = new FusedScorer(ProcessorDin.Create(new FusedDinForm(layout, model.Options, parameters), set), set.ToString());
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
