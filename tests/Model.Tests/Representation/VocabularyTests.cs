using DinOrleans.Model.Representation;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Tests.Representation;

public sealed class VocabularyTests
{
    [Fact]
    public void Build_Counts_OrdersByFrequencyAndLeavesOutTheRare()
    {
        Vocabulary vocabulary = Vocabulary.Build([new("b", 5), new("rare", 1), new("a", 5), new("often", 9)], 2, 3);
        Assert.Equal(["often", "a", "b"], vocabulary.Values);
        Assert.Equal(4, vocabulary.Row("often"));
        Assert.Equal(7, vocabulary.RowCount);
    }

    [Fact]
    public void Build_EarlierVocabulary_KeepsItsValuesInTheOrderOfTheirFrequencyNow()
    {
        var earlier = new Vocabulary(["gone", "rare", "often"], 3);
        Vocabulary vocabulary = Vocabulary.Build([new("rare", 1), new("new", 5), new("newer", 1), new("often", 9)], 2, 3, earlier);
        Assert.Equal(["often", "new", "rare", "gone"], vocabulary.Values);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Row_MissingValue_IsPadding(string? value) => Assert.Equal(0, new Vocabulary(["a"], 2).Row(value));

    [Fact]
    public void Row_UnknownValues_SpreadOverTheirRowsAndStayThere()
    {
        var vocabulary = new Vocabulary(["known"], 4);
        int[] rows = [.. Enumerable.Range(0, 100).Select(i => vocabulary.Row($"unknown-{i}"))];
        Assert.Equal([1, 2, 3, 4], rows.Distinct().Order());
        Assert.Equal(rows, Enumerable.Range(0, 100).Select(i => new Vocabulary(["other"], 4).Row($"unknown-{i}")));
    }

    [Fact]
    public void Constructor_ValueTwice_IsRefused() =>
        Assert.Contains("\"a\"", Assert.Throws<InvalidContentException>(() => new Vocabulary(["a", "a"], 1)).Message);
}
