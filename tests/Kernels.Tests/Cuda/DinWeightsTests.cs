using DinOrleans.Kernels.Cuda;

namespace DinOrleans.Kernels.Tests.Cuda;

public sealed class DinWeightsTests
{
    private const int Units = 5;
    private const int Padded = 16;

    [Fact]
    public void Behaviour_WithDifference_IsTheSumOfBothWeights()
    {
        FusedDinForm form = Forms.Create("""{ "attentionUnits": [5, 3], "interaction": "both" }""");
        float[] weight = Weights(form).Behaviour();
        float[] behaviour = form.Values("attention/0/behaviour/weight");
        float[] difference = form.Values("attention/0/difference/weight");
        for (int k = 0; k < form.Layout.ItemWidth; k++)
        {
            for (int unit = 0; unit < Padded; unit++)
            {
                float expected = unit < Units ? behaviour[(k * Units) + unit] + difference[(k * Units) + unit] : 0;
                Assert.Equal(expected, weight[(k * Padded) + unit]);
            }
        }
    }

    [Fact]
    public void Candidate_WithDifference_IsWithoutItsWeight()
    {
        FusedDinForm form = Forms.Create("""{ "attentionUnits": [5, 3], "interaction": "difference" }""");
        float[] weight = Weights(form).Candidate();
        Assert.Equal(
            form.Values("attention/0/candidate/weight")[7] - form.Values("attention/0/difference/weight")[7],
            weight[Padded + 2]);
    }

    [Fact]
    public void ByAge_WithRecency_FadesWithTheBehavioursAfter()
    {
        FusedDinForm form = Forms.Create("""{ "attentionUnits": [5, 3], "recency": true }""");
        float[] byAge = Weights(form).ByAge();
        float[] weight = form.Values("attention/0/recency/weight");
        Assert.Equal(weight[0] + weight[Units] + weight[2 * Units] + weight[3 * Units], byAge[0], 1e-6f);
        Assert.Equal((weight[0] / 4) + (weight[Units] * 4 / 7) + (weight[2 * Units] * 16 / 19) + (weight[3 * Units] * 64 / 67), byAge[3 * Padded], 1e-6f);
        Assert.Empty(Weights(Forms.Create("""{ "attentionUnits": [5, 3], "recency": false }""")).ByAge());
    }

    private static DinWeights Weights(FusedDinForm form) => new(form, DinSizes.TryFit(form, half: false)!.Value);
}
