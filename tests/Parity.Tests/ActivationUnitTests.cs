using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;
using DinOrleans.Training.Torch;

namespace DinOrleans.Parity.Tests;

/// <summary>The factorised first layer is the plain one over the concatenation.</summary>
public sealed class ActivationUnitTests
{
    private const int Width = 5;
    private const int Units = 7;

    [Theory]
    [InlineData("difference", false)]
    [InlineData("product", false)]
    [InlineData("both", false)]
    [InlineData("outer", false)]
    [InlineData("both", true)]
    public void Score_FactorisedUnit_WeighsAsTheConcatenationDoes(string interaction, bool recency)
    {
        var layout = new ScoreLayout(Width, 0, 0, 1);
        IRankingModel model = RankingModels.Create(
            Din.Name, layout, $$"""{ "attentionUnits": [{{Units}}], "activation": "relu", "interaction": "{{interaction}}", "softmax": false, "recency": {{(recency ? "true" : "false")}} }""");
        using var parameters = new TorchParameters(seed: 5);
        using var ops = new TorchTensorOps(parameters, seed: 6);
        var inputs = new RandomInputs(layout, seed: 7);

        float[] attention = TorchScorer.Score(model, ops, layout, inputs).Attention!;

        IReadOnlyDictionary<string, ParameterValue> values = parameters.Export();
        for (int r = 0; r < RandomInputs.Rankings; r++)
        {
            for (int n = 0; n < RandomInputs.Candidates; n++)
            {
                for (int h = 0; h < RandomInputs.History; h++)
                {
                    float[] e = inputs.Behaviours[(((r * RandomInputs.History) + h) * Width)..][..Width];
                    float[] v = inputs.CandidateVectors[(((r * RandomInputs.Candidates) + n) * Width)..][..Width];
                    float after = inputs.Mask.AsSpan((r * RandomInputs.History) + h + 1, RandomInputs.History - h - 1).ToArray().Sum();
                    float[] recent = recency ? [1 / (1 + after), 4 / (4 + after), 16 / (16 + after), 64 / (64 + after)] : [];
                    float expected = inputs.Mask[(r * RandomInputs.History) + h] * Plain(values, interaction, e, v, recent);
                    Assert.Equal(expected, attention[(((r * RandomInputs.Candidates) + n) * RandomInputs.History) + h], 1e-5f);
                }
            }
        }
    }

    private static float Plain(IReadOnlyDictionary<string, ParameterValue> values, string interaction, float[] e, float[] v, float[] recent)
    {
        float weight = values["attention/weight/bias"].Data[0];
        for (int unit = 0; unit < Units; unit++)
        {
            float x = values["attention/0/bias"].Data[unit] + Times("behaviour", e, unit) + Times("candidate", v, unit) + Times("recency", recent, unit);
            if (interaction is "difference" or "both")
            {
                x += Times("difference", [.. e.Zip(v, (a, b) => a - b)], unit);
            }

            if (interaction is "product" or "both")
            {
                x += Times("product", [.. e.Zip(v, (a, b) => a * b)], unit);
            }

            if (interaction == "outer")
            {
                // One row a behaviour element, its columns the candidate's elements by the units.
                float[] outer = values["attention/0/outer/weight"].Data;
                for (int k = 0; k < Width * Width; k++)
                {
                    x += e[k / Width] * v[k % Width] * outer[(k * Units) + unit];
                }
            }

            weight += MathF.Max(0, x) * values["attention/weight/weight"].Data[unit];
        }

        return weight;

        float Times(string part, float[] x, int unit) =>
            x.Select((value, i) => value * values[$"attention/0/{part}/weight"].Data[(i * Units) + unit]).Sum();
    }
}
