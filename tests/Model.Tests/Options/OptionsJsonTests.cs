using System.Text.Json;
using DinOrleans.Model.Options;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Tests.Options;

public sealed class OptionsJsonTests
{
    private const string Twice = """{ "softmax": true, "softmax": false }""";

    [Fact]
    public void Serializer_FieldStatedTwice_IsRefused() =>
        Assert.Contains("'softmax'", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<DinOptions>(Twice, OptionsJson.Serializer)).Message);

    [Fact]
    public void Parse_FieldStatedTwice_NamesIt() =>
        Assert.Equal("softmax is stated twice", Assert.Throws<InvalidContentException>(() => OptionsJson.Parse(Twice)).Message);

    [Fact]
    public void Read_SeveralBrokenRules_CollectsEach()
    {
        List<string> problems = [];

        Assert.Null(OptionsJson.Read<DinOptions>(OptionsJson.Parse("""{ "topUnits": [1.5], "softmax": "on", "depth": 3 }"""), problems));

        Assert.Equal(["topUnits[0] must be a whole number below 2^31", "softmax must be true or false"], problems.Take(2));
        Assert.StartsWith("depth is unknown; known are ", problems[2]);
    }
}
