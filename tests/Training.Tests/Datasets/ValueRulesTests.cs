using DinOrleans.Training.Datasets;

namespace DinOrleans.Training.Tests.Datasets;

public sealed class ValueRulesTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u00a0")]
    [InlineData("\u3000\u2003")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a\tb")]
    [InlineData("a\0")]
    [InlineData("a\u007f")]
    public void Id_ThatTheApiRefuses_BreaksARule(string id) => Assert.NotNull(ValueRules.Id(id));

    [Fact]
    public void Id_HalfOfASurrogatePair_BreaksARule() => Assert.All(
        ["\ud800", "a\udc00", "\udc00\ud800", "\ud800a"], id => Assert.Equal("must be valid Unicode", ValueRules.Id(id)));

    [Theory]
    [InlineData("a b")]
    [InlineData("...")]
    [InlineData("\u00e9\u4e2d\U0001F600")]
    [InlineData("a/b?c=d#e%2f")]
    public void Id_OfAnyScript_IsValid(string id) => Assert.Null(ValueRules.Id(id));

    [Theory]
    [InlineData("1", true)]
    [InlineData("-1.5e3", true)]
    [InlineData("3.4028235e38", true)]
    [InlineData("1,000", false)]
    [InlineData("0,004", false)]
    [InlineData("1e39", false)]
    [InlineData("NaN", false)]
    [InlineData("Infinity", false)]
    [InlineData("0x10", false)]
    public void Number_FiniteFloatWithoutSeparators_IsValid(string text, bool isValid) => Assert.Equal(isValid, ValueRules.Number(text) is null);
}
