using DinOrleans.Datasets.Shoppers.Reporting;

namespace DinOrleans.Datasets.Tests.Shoppers.Reporting;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Quantile_OfDurations_IsWithinTwoPercent()
    {
        var histogram = new LatencyHistogram();
        for (int i = 1; i <= 1000; i++)
        {
            histogram.Add(TimeSpan.FromMilliseconds(i));
        }

        Assert.Equal(1000, histogram.Count);
        Assert.InRange(histogram.Quantile(0.5)!.Value, 500 * 0.98, 500 * 1.02);
        Assert.InRange(histogram.Quantile(0.99)!.Value, 990 * 0.98, 990 * 1.02);
        Assert.InRange(histogram.Quantile(1)!.Value, 1000 * 0.98, 1000 * 1.02);
    }

    [Fact]
    public void Quantile_OfNothing_IsNull() => Assert.Null(new LatencyHistogram().Quantile(0.5));

    [Fact]
    public void Add_DurationsBeyondTheEnds_AreCountedAtTheEnds()
    {
        var histogram = new LatencyHistogram();
        histogram.Add(TimeSpan.Zero);
        histogram.Add(TimeSpan.FromDays(1));

        Assert.InRange(histogram.Quantile(0.5)!.Value, 0, 0.0011);
        Assert.InRange(histogram.Quantile(1)!.Value, 0.98e6, 1.02e6);
    }
}
