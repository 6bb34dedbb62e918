using DinOrleans.Evaluation.Compare.Charts;

namespace DinOrleans.Evaluation.Tests.Compare.Charts;

public sealed class AxisTests
{
    [Theory]
    [InlineData(0.801, 0.862, 0.8, 0.88, 0.02, "0.82")]
    [InlineData(0, 1, 0, 1, 0.2, "0.2")]
    [InlineData(3, 48, 0, 50, 10, "10")]
    public void Over_Values_HoldsThemBetweenRoundTicks(double low, double high, double first, double last, double step, string second)
    {
        var axis = Axis.Over([high, double.NaN, low]);

        Assert.Equal(first, axis.Low, 9);
        Assert.Equal(last, axis.High, 9);
        Assert.Equal(step, axis.Step, 9);
        Assert.Equal(second, axis.Label(axis.Ticks.ElementAt(1)));
    }

    [Fact]
    public void Over_OneValueOrNone_HasASpan()
    {
        Assert.True(Axis.Over([0.5]).High > Axis.Over([0.5]).Low);
        Assert.Equal((0, 1), (Axis.Over([double.NaN]).Low, Axis.Over([]).High));
    }

    [Fact]
    public void Whole_Range_HasWholeTicks()
    {
        Assert.Equal([1, 2, 3], Axis.Whole(1, 3).Ticks);
        Assert.Equal([1, 2], Axis.Whole(1, 1).Ticks);
        Assert.Equal([1, 5, 9, 13, 17, 21], Axis.Whole(1, 20).Ticks);
    }
}
