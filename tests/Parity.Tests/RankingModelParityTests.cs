using DinOrleans.Export.Onnx;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;
using DinOrleans.Training.Torch;

namespace DinOrleans.Parity.Tests;

/// <summary>Each model computes the same where it is trained and where it is served.</summary>
public sealed class RankingModelParityTests
{
    private const float Tolerance = 1e-4f;
    private const float Rounding = 1e-6f;

    public static TheoryData<string, string, int, int, int> Cases()
    {
        var cases = new TheoryData<string, string, int, int, int>();
        foreach (string name in RankingModels.Names)
        {
            foreach ((int profile, int context, int tasks) in ModelCases.Layouts)
            {
                foreach (string options in ModelCases.OptionsOf(name, tasks))
                {
                    cases.Add(name, options, profile, context, tasks);
                }
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_ExportedModel_MatchesTrainedModel(string name, string options, int profileWidth, int contextWidth, int tasks)
    {
        ScoreLayout layout = ModelCases.Layout(profileWidth, contextWidth, tasks);
        AssertParity(name, options, layout);
    }

    [Theory]
    [InlineData("sigmoid")]
    [InlineData("relu")]
    [InlineData("pRelu")]
    [InlineData("dice")]
    public void Score_NothingToCrossButPositions_MatchesTrainedModel(string activation) =>
        AssertParity(ThreeTower.Name, $$"""{ "crossUnits": [4, 3], "activation": "{{activation}}" }""", new ScoreLayout(6, 3, 0, 2));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_SeveralSequences_MatchesTrainedModel(string name, string options, int profileWidth, int contextWidth, int tasks) =>
        AssertParity(name, options, ModelCases.Layout(profileWidth, contextWidth, tasks) with { Sequences = ["cart", "bought"] });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_SeveralSequences_OtherValuesInPaddingChangeNoScore(
        string name, string options, int profileWidth, int contextWidth, int tasks) =>
        AssertPaddingChangesNothing(name, options, ModelCases.Layout(profileWidth, contextWidth, tasks) with { Sequences = ["cart", "bought"] }, tasks);

    private static void AssertParity(string name, string options, ScoreLayout layout)
    {
        IRankingModel model = RankingModels.Create(name, layout, options);
        using var parameters = new TorchParameters(seed: 11);
        using var ops = new TorchTensorOps(parameters, seed: 12);

        AssertParity(model, ops, parameters, layout, seed: 1);

        // After a step there is also what only training has.
        TorchScorer.Train(model, ops, parameters, layout, new RandomInputs(layout, seed: 2), steps: 1);
        IReadOnlyDictionary<string, ParameterValue> before = parameters.Export();
        TorchScorer.Train(model, ops, parameters, layout, new RandomInputs(layout, seed: 2), steps: 4);

        AssertParity(model, ops, parameters, layout, seed: 3);
        var learned = parameters.Export().Where(p => p.Key.EndsWith("/weight", StringComparison.Ordinal) || p.Key.Contains("/moving_"));
        Assert.All(learned, p => Assert.NotEqual(before[p.Key].Data, p.Value.Data));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Score_OtherValuesInPadding_ChangesNoScore(string name, string options, int profileWidth, int contextWidth, int tasks)
    {
        ScoreLayout layout = ModelCases.Layout(profileWidth, contextWidth, tasks);
        AssertPaddingChangesNothing(name, options, layout, tasks);
    }

    private static void AssertPaddingChangesNothing(string name, string options, ScoreLayout layout, int tasks)
    {
        IRankingModel model = RankingModels.Create(name, layout, options);
        using var parameters = new TorchParameters(seed: 11);
        using var ops = new TorchTensorOps(parameters, seed: 12);
        var inputs = new RandomInputs(layout, seed: 4);
        float[] scores = TorchScorer.Score(model, ops, layout, inputs).Scores;

        float[] again = TorchScorer.Score(model, ops, layout, inputs.WithOtherPadding(layout)).Scores;

        for (int i = 0; i < scores.Length; i++)
        {
            bool same = MathF.Abs(scores[i] - again[i]) <= Rounding;
            Assert.True(same || inputs.CandidateMask[i / tasks] == 0, $"score {i}: {scores[i]}, with other padding {again[i]}");
        }
    }

    private static void AssertParity(IRankingModel model, TorchTensorOps ops, TorchParameters parameters, ScoreLayout layout, int seed)
    {
        var inputs = new RandomInputs(layout, seed);
        (float[] scores, float[]? attention) = TorchScorer.Score(model, ops, layout, inputs);
        byte[] graph = OnnxExporter.Export(model, layout, parameters.Export());
        (float[] served, float[]? servedAttention) = OnnxScorer.Score(graph, layout, inputs);

        Assert.Equal(RandomInputs.Rankings * RandomInputs.Candidates * layout.TaskCount, scores.Length);
        Assert.True(scores.Max() - scores.Min() > 1e-3f, "the scores must differ for a comparison to mean something");
        AssertClose(scores, served);
        Assert.Equal(attention is null, servedAttention is null);
        if (attention is not null)
        {
            AssertClose(attention, servedAttention!);
        }
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(MathF.Abs(expected[i] - actual[i]) <= Tolerance, $"element {i}: {expected[i]} when trained, {actual[i]} when served");
        }
    }
}
