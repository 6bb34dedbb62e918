using DinOrleans.Grains.Experiments;

namespace DinOrleans.Grains.Tests.Experiments;

public sealed class ArmCountsTests
{
    [Fact]
    public void Add_OfParts_IsTheWhole()
    {
        var draw = new SimulatedExperiment(1);
        ArmCounts first = draw.Rankings(300, 0.2);
        ArmCounts second = draw.Rankings(200, 0.1);
        first.Users.Add("a");
        second.Users.Add("a");
        second.Users.Add("b");
        second.Latency.Add(1_000);
        second.Errors = 3;
        long positives = first.Task("click").Positives.Sum() + second.Task("click").Positives.Sum();
        first.Add(second);
        Assert.Equal((500, 5_000, positives, 3, 2), (first.Rankings, first.Shown.Sum(), first.Task("click").Positives.Sum(), first.Errors, first.Users.Count()));
        Assert.Equal(1, first.Latency.Counts.Sum());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5_000)]
    [InlineData(300_000)]
    public void Users_Counted_AreEstimatedToThreePercent(int users)
    {
        var distinct = new DistinctUsers();
        for (int i = 0; i < users * 2; i++)
        {
            distinct.Add($"user{i % users}");
        }

        Assert.InRange(distinct.Count(), users * 0.97, users * 1.03);
    }

    [Theory]
    [InlineData(0.5, 1_000)]
    [InlineData(0.99, 90_000)]
    public void Percentile_OfTimes_IsWithinATenth(double share, int microseconds)
    {
        var latency = new LatencyCounts();
        for (int i = 0; i < 1_000; i++)
        {
            latency.Add(i < 900 ? 1_000 : 90_000);
        }

        Assert.InRange(latency.Percentile(share)!.Value, microseconds / 1_000.0, microseconds / 1_000.0 * 1.1);
        Assert.Null(new LatencyCounts().Percentile(share));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void Latency_BeyondTheBins_IsCounted(long microseconds)
    {
        var latency = new LatencyCounts();
        latency.Add(microseconds);
        Assert.Equal(1, latency.Counts.Sum());
    }
}
