using DinOrleans.Export.Onnx;
using DinOrleans.Grains.Scoring;
using DinOrleans.Kernels;
using DinOrleans.Kernels.Processors;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;
using DinOrleans.TestShop;

namespace DinOrleans.Grains.Tests.Scoring;

/// <summary>
/// The fused kernels score what the graph on ONNX Runtime scores, with every instruction set of this machine. <see cref="HiddenInstructionsTests"/>
/// runs these tests again where the processor's instructions are hidden.
/// </summary>
public sealed class FusedScorerTests
{
    private const float Tolerance = 1e-4f;

    private static readonly ScoreLayout OneSequence = new(ItemWidth: 18, ProfileWidth: 3, ContextWidth: 2, TaskCount: 2)
    {
        ItemNumbers = 2,
        ProfileNumbers = 1,
        ContextNumbers = 2,
    };

    private static readonly (string Model, string Options)[] Forms =
    [
        (Din.Name, """{ "activation": "dice" }"""),
        (Din.Name, """{ "activation": "dice", "softmax": false }"""),
        (Din.Name, """{ "activation": "sigmoid", "attentionUnits": [80, 40], "topUnits": [200, 80] }"""),
        (Din.Name, """{ "activation": "pRelu", "attentionUnits": [16], "topUnits": [100, 50, 25], "useBias": false }"""),
        (Din.Name, """{ "activation": "relu", "attentionUnits": [33, 17, 5], "topUnits": [7] }"""),
        (Din.Name, """{ "activation": "dice", "interaction": "difference", "softmax": false }"""),
        (Din.Name, """{ "activation": "dice", "recency": true, "intensity": true }"""),
        (Din.Name, """{ "activation": "dice", "interaction": "product", "softmax": true }"""),
        (Din.Name, """{ "activation": "dice", "batchNorm": true, "topUnits": [30, 20, 10] }"""),
        (Din.Name, """{ "activation": "pRelu", "crosses": true }"""),
        (BaseModel.Name, "{}"),
        (BaseModel.Name, """{ "activation": "sigmoid", "product": false, "topUnits": [200, 80] }"""),
        (BaseModel.Name, """{ "activation": "relu", "pooling": "sum", "topUnits": [7], "useBias": false }"""),
        (BaseModel.Name, """{ "activation": "pRelu", "batchNorm": true, "crosses": true, "topUnits": [33, 17, 5] }"""),
        (TwoTower.Name, "{}"),
        (TwoTower.Name, """{ "activation": "sigmoid", "normalise": false, "temperature": 2, "towerUnits": [100, 50], "useBias": true }"""),
        (TwoTower.Name, """{ "activation": "relu", "loss": "inBatch", "outputWidth": 1, "towerUnits": [7] }"""),
        (TwoTower.Name, """{ "activation": "pRelu", "outputWidth": 33, "towerUnits": [33, 17, 5], "useBias": true }"""),
    ];

    public static TheoryData<InstructionSet, string, string> Cases()
    {
        var cases = new TheoryData<InstructionSet, string, string>();
        foreach (InstructionSet set in InstructionSets.Available)
        {
            Array.ForEach(Forms, form => cases.Add(set, form.Model, form.Options));
        }

        return cases;
    }

    public static TheoryData<InstructionSet> Sets() => [.. InstructionSets.Available];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_BatchOfManyShapes_EqualsTheGraph(InstructionSet set, string model, string optionsJson) => AssertEqualsTheGraph(
        set,
        OneSequence,
        model,
        optionsJson,
        [
            RandomRequest.Create(OneSequence, candidates: 7, history: 5, seed: 1, explain: true),
            RandomRequest.Create(OneSequence, candidates: 1, history: 9, seed: 2, explain: true),
            RandomRequest.Create(OneSequence, candidates: 4, history: 0, seed: 3, explain: true),
            RandomRequest.Create(OneSequence, candidates: 70, history: 1, seed: 4, explain: true),
        ]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_SeveralSequences_EqualsTheGraph(InstructionSet set, string model, string optionsJson)
    {
        ScoreLayout layout = OneSequence with { TaskCount = 1, Sequences = ["bought", "liked"] };
        AssertEqualsTheGraph(
            set,
            layout,
            model,
            optionsJson,
            [
                RandomRequest.Create(layout, candidates: 7, history: 9, seed: 1, explain: true) with { SequenceLengths = [3, 2] },
                RandomRequest.Create(layout, candidates: 21, history: 6, seed: 2, explain: true) with { SequenceLengths = [0, 6] },
                RandomRequest.Create(layout, candidates: 2, history: 0, seed: 3, explain: true) with { SequenceLengths = [0, 0] },
            ]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_WithoutProfileAndContext_EqualsTheGraph(InstructionSet set, string model, string optionsJson)
    {
        var layout = new ScoreLayout(ItemWidth: 64, ProfileWidth: 0, ContextWidth: 0, TaskCount: 1);
        AssertEqualsTheGraph(set, layout, model, optionsJson, [RandomRequest.Create(layout, candidates: 33, history: 40, seed: 1, explain: true)]);
    }

    [Theory]
    [MemberData(nameof(Sets))]
    public void Score_BaseWithPowersOfSomeNumbers_EqualsTheGraph(InstructionSet set)
    {
        ScoreLayout[] layouts =
        [
            OneSequence,
            OneSequence with { ItemNumbers = 0, ProfileNumbers = 3 },
            new(ItemWidth: 18, ProfileWidth: 0, ContextWidth: 0, TaskCount: 1) { ItemNumbers = 18 },
        ];
        foreach (ScoreLayout layout in layouts)
        {
            ScoreRequest request = RandomRequest.Create(layout, candidates: 9, history: 5, seed: 1, explain: true);
            AssertEqualsTheGraph(set, layout, BaseModel.Name, """{ "powers": true }""", [request]);
            AssertEqualsTheGraph(set, layout, BaseModel.Name, """{ "powers": true, "product": false, "batchNorm": true }""", [request]);
        }
    }

    private static void AssertEqualsTheGraph(InstructionSet set, ScoreLayout layout, string name, string optionsJson, ScoreRequest[] requests)
    {
        IRankingModel model = RankingModels.Create(name, layout, optionsJson);
        IReadOnlyDictionary<string, ParameterValue> parameters = Trained(InitialParameters.Draw(model, seed: 3));
        string graph = Path.GetTempFileName();
        File.WriteAllBytes(graph, OnnxExporter.Export(model, layout, parameters));
        try
        {
            var form = FusedForm.Create(model, layout, parameters);
            using OnnxScorer reference = OnnxScorer.Load(graph, layout, new ScoringOptions());
            using var fused = new FusedScorer(ProcessorKernel.Create(form, set), form.HasAttention, set.ToString());
            Assert.Equal(reference.HasAttention, fused.HasAttention);
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
                    AssertEqual(expected.Unpack(r, requests[r], reference.HasAttention), actual.Unpack(r, requests[r], fused.HasAttention));
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

        Assert.Equal(expected.Attention?.Length, actual.Attention?.Length);
        for (int i = 0; i < (expected.Attention?.Length ?? 0); i++)
        {
            Assert.Equal(expected.Attention!.Span[i], actual.Attention!.Span[i], Tolerance);
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
