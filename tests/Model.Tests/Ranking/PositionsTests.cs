using DinOrleans.Model.Ranking;

namespace DinOrleans.Model.Tests.Ranking;

public sealed class PositionsTests
{
    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(2, 0, 1)]
    [InlineData(3, 0, 1)]
    [InlineData(999, 0, 1)]
    public void Fill_Position_IsToldApartFromTheFirstUntilTheLast(int position, float second, float later)
    {
        float[] oneHot = [5, 5, 5, 5];

        Positions.Fill([1, position], count: 3, oneHot);

        Assert.Equal([1, 0, second, later], oneHot);
    }

    [Fact]
    public void Fill_NoPositions_MarksNothing()
    {
        float[] oneHot = [5, 5];

        Positions.Fill([], count: 3, oneHot);

        Assert.Equal([0, 0], oneHot);
    }
}
