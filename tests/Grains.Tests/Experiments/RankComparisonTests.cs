using DinOrleans.Grains.Experiments;

namespace DinOrleans.Grains.Tests.Experiments;

public sealed class RankComparisonTests
{
    [Theory]
    [InlineData(new[] { 1f, 2, 3, 4 }, new[] { 1f, 2, 3, 4 }, 1)]
    [InlineData(new[] { 1f, 2, 3, 4 }, new[] { 4f, 3, 2, 1 }, -1)]
    [InlineData(new[] { 1f, 2, 3, 4 }, new[] { 1f, 3, 2, 4 }, 0.6666666)]
    [InlineData(new[] { 1f, 1, 2, 3 }, new[] { 1f, 2, 2, 3 }, 0.8)]
    [InlineData(new[] { 1f, 2 }, new[] { 5f, 5 }, 0)]
    [InlineData(new[] { 1f }, new[] { 1f }, 0)]
    public void KendallTau_OfSmallOrders_IsAsByHand(float[] one, float[] other, double tau) => Assert.Equal(tau, RankComparison.KendallTau(one, other), 6);

    [Fact]
    public void KendallTau_OfRandomOrders_IsThatOfAllPairs()
    {
        var random = new Random(1);
        float[] one = [.. Enumerable.Range(0, 60).Select(_ => (float)random.Next(20))];
        float[] other = [.. Enumerable.Range(0, 60).Select(_ => (float)random.Next(20))];
        (double both, double x, double y) = (0, 0, 0);
        for (int i = 0; i < one.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                int a = Math.Sign(one[i] - one[j]);
                int b = Math.Sign(other[i] - other[j]);
                (both, x, y) = (both + (a * b), x + (a * a), y + (b * b));
            }
        }

        Assert.Equal(both / Math.Sqrt(x * y), RankComparison.KendallTau(one, other), 9);
    }

    [Fact]
    public void Overlap_OfTheFirst_CountsSharedItems()
    {
        Assert.Equal(1, RankComparison.Overlap([3, 2, 1], [1, 2, 3], 10));
        Assert.Equal(0.5, RankComparison.Overlap([4, 3, 2, 1], [4, 1, 3, 2], 2));
        Assert.Equal(0, RankComparison.Overlap([4, 3, 2, 1], [1, 2, 3, 4], 2));
    }
}
