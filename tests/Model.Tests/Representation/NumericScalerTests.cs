using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;

namespace DinOrleans.Model.Tests.Representation;

public sealed class NumericScalerTests
{
    [Fact]
    public void Fit_Standard_GivesZeroMeanAndUnitVariance()
    {
        float[] values = [1, 2, 3, 4, float.NaN];
        NumericScaler scaler = NumericScaler.Fit(Normalisation.Standard, values);
        float[] scaled = [.. values[..4].Select(scaler.Scale)];
        Assert.Equal(0, scaled.Average(), 1e-6);
        Assert.Equal(1, scaled.Average(x => x * x), 1e-6);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("dear")]
    [InlineData("NaN")]
    public void Scale_NoNumber_IsTheMean(string? value) =>
        Assert.Equal(0, new NumericScaler(Normalisation.Standard, 5, 2).Scale(value));

    [Fact]
    public void Scale_LogStandard_IsOddAndTamesTheTail()
    {
        var scaler = new NumericScaler(Normalisation.LogStandard, 0, 1);
        Assert.Equal(MathF.Log(101), scaler.Scale(100f), 1e-5);
        Assert.Equal(-scaler.Scale(100f), scaler.Scale(-100f), 1e-5);
    }

    [Theory]
    [InlineData(Normalisation.Standard, 3.4028235e38f, 20f)]
    [InlineData(Normalisation.Standard, -1e19f, -20f)]
    [InlineData(Normalisation.Standard, 45f, 20f)]
    [InlineData(Normalisation.Standard, 43f, 19f)]
    [InlineData(Normalisation.LogStandard, 3.4028235e38f, 20f)]
    [InlineData(Normalisation.None, 3.4028235e38f, 10_000f)]
    [InlineData(Normalisation.None, -1e19f, -10_000f)]
    [InlineData(Normalisation.None, 2026f, 2026f)]
    public void Scale_FarOutOfTheTrainingWindow_IsBounded(Normalisation normalisation, float value, float expected) =>
        Assert.Equal(expected, new NumericScaler(normalisation, 5, 2).Scale(value));

    [Fact]
    public void Fit_OneValueForAll_DoesNotDivideByZero() =>
        Assert.Equal(0, NumericScaler.Fit(Normalisation.Standard, [7, 7, 7]).Scale(7f));
}
