using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Rank;

namespace DinOrleans.Gateway.Tests.Rank;

public sealed class RankAnswerTests
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
    };

    private static readonly DateTimeOffset Moment = new(2026, 1, 31, 12, 0, 0, 250, TimeSpan.FromHours(1));

    [Fact]
    public async Task Write_AnyRanking_IsOfTheDocumentedForm()
    {
        var ranking = new Ranking
        {
            RankingId = "r1",
            ModelVersion = "din-\"1\"",
            Source = RankingSource.Model,
            HistoryLength = 2,
            Tasks = ["click", "kauf ä"],
            ScoresAreProbabilities = true,
            Explanation = new([new("i7", Moment), new("i8", Moment.AddHours(1))], (float[])[-0.5f, 3.25f, 0, 1]),
            Items =
            [
                Item("商品 <1>", 0.25f, [0.25f, 1e-9f]),
                Item("i2", 0.1f, [0.3f, 0.1f]) with { UnknownItem = true },
            ],
        };

        RankResponse read = await ReadAsync(ranking);

        Assert.Equal(("r1", "model", 2), (read.RankingId, read.Source, read.HistoryLength));
        Assert.Equal(new ModelReference("din-\"1\"", "champion", ScoresAreProbabilities: true), read.Model);
        Assert.Equal(ranking.Items.Select(i => (i.ItemId, i.Score)), read.Items.Select(i => (i.ItemId, i.Score)));
        Assert.Equal([0.25f, 1e-9f], Values(read.Items[0], "click", "kauf ä"));
        Assert.Equal([0.3f, 0.1f], Values(read.Items[1], "click", "kauf ä"));
        Assert.Equal([null, true], read.Items.Select(i => i.UnknownItem));
        Assert.Equal([new("i7", Moment, -0.5f), new("i8", Moment.AddHours(1), 3.25f)], read.Items[0].Attention!);
        Assert.Equal([new("i7", Moment, 0), new("i8", Moment.AddHours(1), 1)], read.Items[1].Attention!);
    }

    [Fact]
    public async Task Write_NotExplained_LeavesAttentionOutAndAnEmptyHistoryIsAnEmptyList()
    {
        var ranking = new Ranking { RankingId = "r", ModelVersion = "v", Source = RankingSource.Model, HistoryLength = 0, Tasks = [], Items = [Item("i1", 0, [])] };
        Assert.Null((await ReadAsync(ranking)).Items[0].Attention);
        Assert.Empty((await ReadAsync(ranking with { Explanation = new([], default) })).Items[0].Attention!);
    }

    [Fact]
    public async Task Write_ByPopularity_LeavesTheModelOut()
    {
        RankResponse read = await ReadAsync(new()
        {
            RankingId = "r2",
            Source = RankingSource.Popularity,
            HistoryLength = 0,
            Tasks = [],
            Items = [Item("i1", 0, [])],
        });
        Assert.Equal("popularity", read.Source);
        Assert.Null(read.Model);
        Assert.Empty(read.Items[0].Scores);
    }

    [Fact]
    public async Task Write_MoreThanIsSentAtOnce_ArrivesWhole()
    {
        var ranking = new Ranking
        {
            RankingId = "r3",
            ModelVersion = "v",
            Source = RankingSource.Model,
            HistoryLength = 300,
            Tasks = ["click"],
            Explanation = new(
                [.. Enumerable.Range(0, 300).Select(h => new AttendedBehaviour($"i{h}", Moment))], Enumerable.Range(0, 20 * 300).Select(w => w / 1000f).ToArray()),
            Items = [.. Enumerable.Range(0, 20).Select(n => Item($"i{n}", 0.5f, [0.5f]))],
        };
        RankResponse read = await ReadAsync(ranking);
        Assert.All(read.Items, i => Assert.Equal(ranking.Explanation.History, i.Attention!.Select(a => new AttendedBehaviour(a.ItemId, a.Timestamp))));
        Assert.Equal(ranking.Explanation.Weights.ToArray(), read.Items.SelectMany(i => i.Attention!.Select(a => a.Weight)));
    }

    [Theory]
    [InlineData(float.NaN, 0.5f, 0.5f)]
    [InlineData(0.5f, float.PositiveInfinity, 0.5f)]
    [InlineData(0.5f, 0.5f, float.NaN)]
    public void CheckNumbers_OneIsNone_NamesTheItem(float score, float ofTask, float weight)
    {
        var answer = new RankAnswer(new()
        {
            RankingId = "r4",
            ModelVersion = "v",
            Source = RankingSource.Model,
            HistoryLength = 1,
            Tasks = ["click"],
            Explanation = new([new("i3", Moment)], (float[])[0, weight]),
            Items = [Item("i1", 0.5f, [0.5f]), Item("i2", score, [ofTask])],
        });
        Assert.Contains("item \"i2\"", Assert.Throws<InvalidOperationException>(answer.CheckNumbers).Message, StringComparison.Ordinal);
    }

    private static RankedItem Item(string id, float score, float[] scores) => new() { ItemId = id, Score = score, Scores = scores };

    private static float[] Values(RankedItemResponse item, params string[] tasks) => [.. tasks.Select(t => item.Scores[t])];

    private static async Task<RankResponse> ReadAsync(Ranking ranking)
    {
        var answer = new RankAnswer(ranking);
        answer.CheckNumbers();
        using var json = new MemoryStream();
        await answer.WriteAsync(PipeWriter.Create(json, new StreamPipeWriterOptions(leaveOpen: true)), TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<RankResponse>(json.ToArray(), Strict)!;
    }
}
