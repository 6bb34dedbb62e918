using DinOrleans.Kernels.Cuda;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Kernels.Tests.Cuda;

public sealed class DinSizesTests
{
    [Theory]
    [InlineData("""{ "attentionUnits": [80, 40] }""", 18, true)]
    [InlineData("""{ "attentionUnits": [128, 64] }""", 64, true)]
    [InlineData("""{ "attentionUnits": [128, 64] }""", 128, false)]
    [InlineData("""{ "attentionUnits": [129, 40] }""", 18, false)]
    [InlineData("""{ "attentionUnits": [80, 65] }""", 18, false)]
    [InlineData("""{ "attentionUnits": [80] }""", 18, false)]
    [InlineData("""{ "attentionUnits": [80, 40, 20] }""", 18, false)]
    [InlineData("""{ "attentionUnits": [80, 40] }""", 129, false)]
    [InlineData("""{ "topUnits": [4096] }""", 18, false)]
    public void Of_Form_TakesTheSizesThatTheKernelsHaveRoomFor(string optionsJson, int width, bool taken)
    {
        FusedDinForm form = Forms.Create(optionsJson, new ScoreLayout(width, 3, 2, 1));
        Assert.Equal(taken, DinSizes.TryFit(form, half: false) is not null);
    }

    [Fact]
    public void Of_FormWithCrossesOrSeveralSequences_IsNotTaken()
    {
        ScoreLayout layout = Forms.Layout with { Sequences = ["bought"] };
        Assert.Null(DinSizes.TryFit(Forms.Create("{}", layout), half: false));
        Assert.Null(DinSizes.TryFit(Forms.Create("""{ "crosses": true }"""), half: false));
    }

    [Fact]
    public void Padding_OddUnits_IsWholeTiles()
    {
        var sizes = DinSizes.TryFit(Forms.Create("""{ "attentionUnits": [33, 17] }"""), half: false);
        Assert.NotNull(sizes);
        Assert.Equal(48, sizes.Value.PaddedFirst);
        Assert.Equal(24, sizes.Value.PaddedSecond);
        Assert.Equal(2, sizes.Value.Steps);
    }
}
