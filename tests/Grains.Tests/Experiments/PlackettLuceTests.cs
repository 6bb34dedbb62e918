using DinOrleans.Grains.Experiments;

namespace DinOrleans.Grains.Tests.Experiments;

public sealed class PlackettLuceTests
{
    private static readonly float[] Scores = [0.5f, 0.1f, 0.9f, 0.3f];

    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    public void Draw_Repeated_HasTheFrequenciesOfItsPropensities(double temperature)
    {
        var random = new Random(7);
        const int Draws = 40_000;
        int[] first = new int[Scores.Length];
        float[] keys = new float[Scores.Length];
        for (int draw = 0; draw < Draws; draw++)
        {
            PlackettLuce.Draw(Scores, temperature, keys, random);
            first[Array.IndexOf(keys, keys.Max())]++;
        }

        double sum = Scores.Sum(s => Math.Exp(s / temperature));
        for (int i = 0; i < first.Length; i++)
        {
            double expected = Math.Exp(Scores[i] / temperature) / sum;
            Assert.InRange(first[i], (expected * Draws) - (4 * Math.Sqrt(Draws * expected)), (expected * Draws) + (4 * Math.Sqrt(Draws * expected)));
        }
    }

    [Fact]
    public void Propensities_OfAnOrder_AreThoseOfTheItemsLeft()
    {
        float[] propensities = new float[2];
        PlackettLuce.Propensities([0.9f, 0.3f, 0.5f], 0.5, propensities);
        double[] weights = [Math.Exp(1.8), Math.Exp(0.6), Math.Exp(1)];
        Assert.Equal(weights[0] / weights.Sum(), propensities[0], 5);
        Assert.Equal(weights[1] / (weights[1] + weights[2]), propensities[1], 5);
    }

    [Fact]
    public void Propensities_OfScoresFarApart_AreNumbers()
    {
        float[] propensities = new float[3];
        PlackettLuce.Propensities([1f, 0f, -1f], 0.0001, propensities);
        Assert.All(propensities, p => Assert.InRange(p, 0f, 1f));
    }

    [Fact]
    public void Draw_OfAScoreThatIsNotANumber_KeepsItLast()
    {
        float[] keys = new float[2];
        PlackettLuce.Draw([float.NaN, 0.5f], 1, keys, new Random(1));
        Assert.True(float.IsNaN(keys[0]));
    }
}
