using DinOrleans.Model.Schema;

namespace DinOrleans.Model.Tests.Schema;

public sealed class FeatureSchemaTests
{
    private static readonly FeatureSchema Valid = new()
    {
        ItemFeatures = [new("item_id", 16), new("category", 8)],
        UserFeatures = [new("country", 4)],
        ContextFeatures = [new("device", 4)],
        NumericFeatures = [new("price", FeatureSource.Item, Normalisation.LogStandard)],
        Tasks = [new("click", ["click"])],
        Behaviours = new(["click"]),
        OtherEvents = ["impression"],
    };

    public static TheoryData<string, string> Broken => new()
    {
        { """{"tasks":[{"name":"click","positiveEvents":["click"]}],"behaviours":{"events":["click"]}}""", "itemFeatures" },
        { Json("\"item_id\", \"dimension\": 16", "\"item_id\", \"dimension\": 0"), "itemFeatures[0].dimension must be 1 to 512" },
        { Json("\"item_id\"", "\"goods\""), "itemFeatures must contain \"item_id\"" },
        { Json("\"country\"", "\"Country!\""), "userFeatures[0].name" },
        { Json("\"price\"", "\"category\""), "item feature \"category\" must be named once" },
        { Json("\"device\"", "\"timestamp\""), "reserved events.csv column \"timestamp\"" },
        { Json("\"maxLength\": 50", "\"maxLength\": 0"), "behaviours.maxLength must be 1 to 1000" },
        { Json("\"maxLength\": 50", "\"maximum\": 50"), "maximum" },
        { "{", "schema.json" },
    };

    [Fact]
    public void Parse_OfToJson_IsTheSame() => Assert.Equal(Valid.ToJson(), FeatureSchema.Parse(Valid.ToJson()).ToJson());

    [Fact]
    public void EventTypes_OfTasksSequenceAndOthers_AreJoined() => Assert.Equal(["click", "impression"], Valid.EventTypes);

    [Theory]
    [MemberData(nameof(Broken))]
    public void Parse_OneRuleBroken_NamesFieldAndRule(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => FeatureSchema.Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_NoFile_NamesThePath() =>
        Assert.Contains("nowhere", Assert.Throws<InvalidDataException>(() => FeatureSchema.Load("nowhere/schema.json")).Message, StringComparison.Ordinal);

    private static string Json(string part, string replacement)
    {
        string json = string.Join(' ', Valid.ToJson().Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(part, json, StringComparison.Ordinal);
        return json.Replace(part, replacement, StringComparison.Ordinal);
    }
}
