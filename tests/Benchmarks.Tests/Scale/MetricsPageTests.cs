using DinOrleans.Benchmarks.Scale;

namespace DinOrleans.Benchmarks.Tests.Scale;

public sealed class MetricsPageTests
{
    private const string Page =
        """
        # TYPE sent counter
        sent_total{to="a b",port="1"} 3 1700000000
        sent_total{to="c"} 4.5
        sent_totals 100
        up 1

        """;

    [Fact]
    public void Sum_SeveralLabels_AddsTheirValues() => Assert.Equal(7.5, MetricsPage.Sum(Page, "sent_total"));

    [Fact]
    public void Sum_OneLabel_LeavesOutTheOthers() => Assert.Equal(4.5, MetricsPage.Sum(Page, "sent_total", "to=\"c\""));

    [Fact]
    public void Sum_NoLabels_IsTheValue() => Assert.Equal(1, MetricsPage.Sum(Page, "up"));

    [Fact]
    public void Sum_NameThatIsNotThere_NamesIt() =>
        Assert.Contains("no sent.", Assert.Throws<InvalidDataException>(() => MetricsPage.Sum(Page, "sent")).Message, StringComparison.Ordinal);
}
