using System.IO.Pipelines;
using System.Text.Json;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Hosting;
using DinOrleans.Gateway.Rank;

namespace DinOrleans.Gateway.Tests.Rank;

/// <summary>What an answer writes by hand is what its documented form would be written as.</summary>
public sealed class RankResponseTests
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 31, 12, 0, 0, 250, TimeSpan.FromHours(1));

    [Fact]
    public async Task WriteAsync_ByAModel_IsOfTheDocumentedForm()
    {
        string json = await AssertDocumentedAsync(new()
        {
            RankingId = "r1",
            ModelVersion = "din-\"1\"",
            Source = RankingSource.Model,
            HistoryLength = 2,
            Tasks = ["click", "kauf ä"],
            ScoresAreProbabilities = true,
            Experiment = "split",
            Variant = "new",
            Explanation = new([new("i7", Moment), new("i8", Moment)], (float[])[-0.5f, 3.25f, 0, 1]),
            Items =
            [
                Item("商品 <1>", 0.25f, [0.25f, 1e-9f]),
                Item("i2", 0.1f, [0.3f, 0.1f]) with { UnknownItem = true },
            ],
        });
        const string Expected = """
            {"rankingId":"r1","model":{"version":"din-\"1\"","variant":"new","experiment":"split","scoresAreProbabilities":true},"source":"model","historyLength":2,"items":[
            {"itemId":"商品 <1>","score":0.25,"scores":{"click":0.25,"kauf ä":1E-09},"attention":[
            {"itemId":"i7","timestamp":"2026-01-31T12:00:00.25+01:00","weight":-0.5},{"itemId":"i8","timestamp":"2026-01-31T12:00:00.25+01:00","weight":3.25}]},
            {"itemId":"i2","score":0.1,"scores":{"click":0.3,"kauf ä":0.1},"unknownItem":true,"attention":[
            {"itemId":"i7","timestamp":"2026-01-31T12:00:00.25+01:00","weight":0},{"itemId":"i8","timestamp":"2026-01-31T12:00:00.25+01:00","weight":1}]}]}
            """;
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(Expected), JsonElement.Parse(json)), json);
    }

    [Fact]
    public async Task WriteAsync_ByPopularity_LeavesTheModelOut()
    {
        string json = await AssertDocumentedAsync(new()
        {
            RankingId = "r2",
            Source = RankingSource.Popularity,
            HistoryLength = 0,
            Tasks = [],
            Items = [Item("i1", 0, [])],
        });
        Assert.Equal("""{"rankingId":"r2","source":"popularity","historyLength":0,"items":[{"itemId":"i1","score":0,"scores":{}}]}""", json);
    }

    [Fact]
    public Task WriteAsync_MoreThanIsSentAtOnce_ArrivesWhole() => AssertDocumentedAsync(new()
    {
        RankingId = "r3",
        ModelVersion = "v",
        Source = RankingSource.Model,
        HistoryLength = 300,
        Tasks = ["click"],
        Explanation = new(
            [.. Enumerable.Range(0, 300).Select(h => new AttendedBehaviour($"i{h}", Moment))], Enumerable.Range(0, 20 * 300).Select(w => w / 1000f).ToArray()),
        Items = [.. Enumerable.Range(0, 20).Select(n => Item($"i{n}", 0.5f, [0.5f]))],
    });

    [Fact]
    public async Task WriteAsync_AnEmptyHistoryThatIsExplained_HasAnEmptyList() => Assert.Contains("\"attention\":[]", await AssertDocumentedAsync(new()
    {
        RankingId = "r5",
        ModelVersion = "v",
        Source = RankingSource.Model,
        HistoryLength = 0,
        Tasks = [],
        Explanation = new([], default),
        Items = [Item("i1", 0, [])],
    }));

    private static RankedItem Item(string id, float score, float[] scores) => new() { ItemId = id, Score = score, Scores = scores };

    /// <summary>Compares the JSON written by hand with what generated code makes of the documented properties.</summary>
    /// <returns>The JSON written by hand.</returns>
    private static async Task<string> AssertDocumentedAsync(Ranking ranking)
    {
        var response = new RankResponse(ranking);
        using var written = new MemoryStream();
        await response.WriteAsync(PipeWriter.Create(written, new StreamPipeWriterOptions(leaveOpen: true)), TestContext.Current.CancellationToken);
        string json = System.Text.Encoding.UTF8.GetString(written.ToArray());
        string documented = JsonSerializer.Serialize(response, ResponseJson.Default.RankResponse);
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(documented), JsonElement.Parse(json)), $"{json}\nis not\n{documented}");
        return json;
    }
}
