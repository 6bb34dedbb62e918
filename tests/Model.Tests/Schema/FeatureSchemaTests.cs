using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;

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
        { Json("\"maxLength\": 50", "\"sessions\": 3"), "behaviours.sessionGap and behaviours.sessions must be given together" },
        { Json("\"maxLength\": 50", "\"sessionGap\": \"00:30:00\""), "behaviours.sessionGap and behaviours.sessions must be given together" },
        { Json("\"maxLength\": 50", "\"sessionGap\": \"00:30:00\", \"sessions\": 0"), "behaviours.sessions must be 1 to 1000" },
        { Json("\"maxLength\": 50", "\"sessionGap\": \"00:00:00\", \"sessions\": 1"), "behaviours.sessionGap must be a millisecond to 365 days" },
        { Json("\"maxLength\": 50", "\"sessionGap\": \"366.00:00:00\", \"sessions\": 1"), "behaviours.sessionGap must be a millisecond to 365 days" },
        { Json("\"maxLength\": 50", "\"sessionGap\": \"half an hour\", \"sessions\": 1"), "sessionGap" },
        { Scored("""{ "kind": "mean" }"""), "rankingScore.kind" },
        { Scored("""{ "weights": {} }"""), "rankingScore.weights must name at least one task" },
        { Scored("""{ "weights": { "click": 0 } }"""), "rankingScore.weights must name at least one task" },
        { Scored("""{ "weights": { "click": 1, "buy": 1 } }"""), "rankingScore.weights names \"buy\", which is not a task" },
        { Scored("""{ "weights": { "click": -1 } }"""), "rankingScore.weights.click must be 0 to 1000" },
        { Scored("""{ "kind": "sum", "weights": { "click": -1001 } }"""), "rankingScore.weights.click must be -1000 to 1000" },
        { Scored("""{ "weights": { "click": 1e400 } }"""), "rankingScore.weights.click must be 0 to 1000" },
        { "{", "schema.json: must be valid JSON; line 1, byte 2: " },
        { "null", "schema.json: must be an object" },
        { Json("{ \"name\": \"device\", \"dimension\": 4 }", "null"), "contextFeatures[0] must not be null" },
        { Json("[ \"impression\" ]", "[ null ]"), "otherEvents[0] must not be null" },
        { Json("[ \"impression\" ]", "[ \" \" ]"), "otherEvents[0] must be 1 to 200 characters, not blank and without control characters" },
        { Json("\"item\",", "7,"), "numericFeatures[0].source must be \"item\", \"user\" or \"context\"" },
        { Json("\"dimension\": 16", "\"dimension\": 1.5"), "itemFeatures[0].dimension must be a whole number below 2^31" },
        { Json("\"item_id\", \"dimension\": 16", "\"item_id\""), "itemFeatures[0].dimension must be there" },
        { Json("\"device\",", "\"device\", \"name\": \"os\","), "contextFeatures[0].name is stated twice" },
        { Json("\"tasks\": [", $"\"tasks\": [{string.Concat(Enumerable.Range(0, 32).Select(i => $"{{ \"name\": \"t{i}\", \"positiveEvents\": [\"click\"] }},"))}"), "tasks must be at most 32" },
        { Json("\"userFeatures\": [", $"\"userFeatures\": [{string.Concat(Enumerable.Range(0, 1000).Select(i => $"{{ \"name\": \"f{i}\", \"dimension\": 1 }},"))}"), "must together be at most 1000" },
        { Sequenced("bought", "buy", 5), "sequences[0].events names \"buy\", which is not an event type" },
        { Sequenced("Bought", "click", 5), "sequences[0].name must be 1 to 64 lower-case" },
        { Sequenced("bought", "click", 0), "sequences[0].length must be 1 to 1000" },
        { Sequenced("bought", "click", 1001), "sequences[0].length must be 1 to 1000" },
        { Sequenced("bought", "click", 5, times: 2), "sequence \"bought\" must be named once" },
        { Sequenced("bought", "click", 5, times: 5), "sequences must be at most 4" },
        { Sequenced("bought", "click", 5).Replace("\"events\": [\"click\"], \"length\": 5", "\"events\": [], \"length\": 5", StringComparison.Ordinal), "sequences[0].events must name at least one event type" },
    };

    [Fact]
    public void Parse_Sequences_GivesThemBack()
    {
        FeatureSchema schema = FeatureSchema.Parse(Sequenced("bought", "click", 5));
        Assert.Equal([50, 5], schema.AllSequences.Select(s => s.MaxLength));
        Assert.Equal(schema.ToJson(), FeatureSchema.Parse(schema.ToJson()).ToJson());
        Assert.DoesNotContain("sequences", Valid.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OfToJson_IsTheSame() => Assert.Equal(Valid.ToJson(), FeatureSchema.Parse(Valid.ToJson()).ToJson());

    [Fact]
    public void EventTypes_OfTasksSequenceAndOthers_AreJoined() => Assert.Equal(["click", "impression"], Valid.EventTypes);

    [Theory]
    [MemberData(nameof(Broken))]
    public void Parse_OneRuleBroken_NamesFieldAndRule(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidContentException>(() => FeatureSchema.Parse(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Validate_WeightThatIsNoNumber_IsRefused()
    {
        FeatureSchema schema = Valid with { RankingScore = new(RankingScoreKind.Sum, new Dictionary<string, double> { ["click"] = double.NaN }) };
        Assert.Equal(["rankingScore.weights.click must be -1000 to 1000"], FeatureSchemaRules.Check(schema));
    }

    [Fact]
    public void Parse_RankingScore_GivesItBack()
    {
        FeatureSchema schema = FeatureSchema.Parse(Scored("""{ "kind": "sum", "weights": { "click": -0.5 } }"""));
        Assert.Equal(RankingScoreKind.Sum, schema.RankingScore!.Kind);
        Assert.Equal(-0.5, schema.RankingScore.Weights!["click"]);
        Assert.Equal(schema.ToJson(), FeatureSchema.Parse(schema.ToJson()).ToJson());
    }

    [Fact]
    public void Parse_Sessions_GivesThemBack()
    {
        FeatureSchema schema = FeatureSchema.Parse(Json("\"maxLength\": 50", "\"sessionGap\": \"1.00:30:00\", \"sessions\": 3"));
        Assert.Equal((new TimeSpan(1, 0, 30, 0), 3), (schema.Behaviours.SessionGap, schema.Behaviours.Sessions));
        Assert.Equal(schema.ToJson(), FeatureSchema.Parse(schema.ToJson()).ToJson());
    }

    [Fact]
    public void Load_NoFile_NamesThePath() =>
        Assert.Contains("nowhere", Assert.Throws<InvalidContentException>(() => FeatureSchema.Load("nowhere/schema.json")).Message, StringComparison.Ordinal);

    private static string Sequenced(string name, string type, int length, int times = 1)
    {
        string sequence = $$"""{ "name": "{{name}}", "events": ["{{type}}"], "length": {{length}} }""";
        return Json("\"otherEvents\"", $"\"sequences\": [{string.Join(", ", Enumerable.Repeat(sequence, times))}], \"otherEvents\"");
    }

    private static string Scored(string rankingScore) => Json("\"otherEvents\"", $"\"rankingScore\": {rankingScore}, \"otherEvents\"");

    private static string Json(string part, string replacement)
    {
        string json = string.Join(' ', Valid.ToJson().Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(part, json, StringComparison.Ordinal);
        return json.Replace(part, replacement, StringComparison.Ordinal);
    }
}
