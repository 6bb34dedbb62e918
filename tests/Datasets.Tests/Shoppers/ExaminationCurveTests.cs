using DinOrleans.Datasets.Shoppers;

namespace DinOrleans.Datasets.Tests.Shoppers;

public sealed class ExaminationCurveTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(0, 9, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0.5)]
    [InlineData(1, 9, 0.1)]
    [InlineData(2, 2, 1.0 / 9)]
    [InlineData(0.5, 3, 0.5)]
    public void Probability_OfAPosition_IsTheFormulas(double exponent, int position, double probability) =>
        Assert.Equal(probability, new ExaminationCurve(exponent, 10).Probability(position), 1e-12);

    [Fact]
    public void ExpectedLooks_OfPositions_IsTheirSum()
    {
        var curve = new ExaminationCurve(1, 4);

        Assert.Equal(1 + (1 / 2.0) + (1 / 3.0), curve.ExpectedLooks(3), 1e-12);
        Assert.Equal(1 + (1 / 2.0) + (1 / 3.0) + (1 / 4.0), curve.ExpectedLooks(4), 1e-12);
    }
}
