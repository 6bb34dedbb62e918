using System.Text.Json;
using DinOrleans.Datasets.Import.AmazonReviews;

namespace DinOrleans.Datasets.Tests.Import.AmazonReviews;

public sealed class PythonLiteralTests
{
    [Theory]
    [InlineData("'a'", "a")]
    [InlineData("u'a'", "a")]
    [InlineData("\"it's\"", "it's")]
    [InlineData("""'say "so"'""", "say \"so\"")]
    [InlineData(@"'it\'s \\ \n'", "it's \\ \n")]
    [InlineData(@"'caf\xe9 \u2014 \U0001F600'", "café — 😀")]
    [InlineData(@"'50\% off'", @"50\% off")]
    [InlineData("'a\tb'", "a\tb")]
    [InlineData("'None, (True)'", "None, (True)")]
    public void ToJson_String_KeepsItsCharacters(string python, string text)
    {
        using JsonDocument json = JsonDocument.Parse(PythonLiteral.ToJson(python));
        Assert.Equal(text, json.RootElement.GetString());
    }

    [Theory]
    [InlineData("{'a': [1, -2.5, 1e-05], 'b': (True, False, None)}", """{"a": [1, -2.5, 1e-05], "b": [true, false, null]}""")]
    [InlineData("{'a': {}, 'b': [[]]}", """{"a": {}, "b": [[]]}""")]
    public void ToJson_Structure_IsKept(string python, string json) => Assert.Equal(json, PythonLiteral.ToJson(python));

    [Theory]
    [InlineData("{'a': nan}")]
    [InlineData("{'a': open('x')}")]
    [InlineData("'open")]
    [InlineData("'open\\")]
    [InlineData(@"'\xg0'")]
    [InlineData(@"'\U00110000'")]
    public void ToJson_NoLiteral_IsRefused(string python) => Assert.Throws<FormatException>(() => PythonLiteral.ToJson(python));
}
