using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Impressions;
using DinOrleans.Storage.Sqlite;
using DinOrleans.TestLog;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Samples.Splits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Training.Tests.Log;

public sealed class TrainingLogReaderTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("training-log-").FullName;
    private readonly FakeTimeProvider _time = new(Start.AddHours(5));
    private readonly ServiceProvider _services;

    public TrainingLogReaderTests() => _services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(_time)
        .AddSqliteStorage(_folder).AddSingleton<TrainingLogReader>().AddSingleton<LogSize>().BuildServiceProvider();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_LoggedRanking_MakesItsItemsPositivesAndNegatives()
    {
        await PutAsync([Ranking("r1", 10, "a", "b", "c")], [Click("b", 20), Click("a", 10 + 61)]);
        (string Item, bool Positive)[] samples = await SamplesAsync();
        Assert.Equal([("a", false), ("b", true), ("c", false)], samples);
    }

    [Fact]
    public async Task ReadAsync_LoggedRankings_KeepWhereEachItemStood()
    {
        await PutAsync([Ranking("r2", 10, "c", "a", "b"), Ranking("r1", 10, "b", "c", "a")], [Click("b", 20)]);
        Assert.Equal(["b@0 c@1 a@2", "c@0 a@1 b@2"], (await PositionsAsync()).Order());
    }

    [Fact]
    public async Task ReadAsync_RankingOfManyItems_KeepsWhereEachItemStood()
    {
        string[] items = [.. Enumerable.Range(0, 30).Select(i => $"i{30 - i}")];
        await PutAsync([Ranking("r1", 10, items)], []);
        Assert.Equal([string.Join(' ', items.Select((item, position) => $"{item}@{position}"))], await PositionsAsync());
    }

    [Fact]
    public async Task ReadAsync_RankingThatTheShopSentImpressionsOf_StandsInTheirOrder()
    {
        BehaviourEvent Seen(string item, int minute) => Click(item, minute) with { Type = "impression", RankingId = "r1" };
        await PutAsync([Ranking("r1", 10, "a", "b", "c")], [Seen("a", 12), Seen("c", 11)]);
        Assert.Equal(["c@0 a@1"], await PositionsAsync());
    }

    [Fact]
    public async Task ReadAsync_ClickOfAnotherRanking_IsNoPositiveOfThisOne()
    {
        await PutAsync([Ranking("r1", 10, "a", "b")], [Click("a", 20) with { RankingId = "other" }, Click("b", 20) with { RankingId = "r1" }]);
        Assert.Equal([("a", false), ("b", true)], await SamplesAsync());
    }

    [Fact]
    public async Task ReadAsync_RankingThatTheShopSentImpressionsOf_CountsOnlyWhatWasSeen()
    {
        await PutAsync(
            [Ranking("r1", 10, "a", "b", "c")],
            [Click("b", 11) with { Type = "impression", RankingId = "r1", EventId = "seen" }, Click("b", 20)]);
        Assert.Equal([("b", true)], await SamplesAsync());
    }

    [Fact]
    public async Task ReadAsync_RankingWhoseWindowIsOpen_IsLeftOut()
    {
        await PutAsync([Ranking("r1", 10, "a", "b"), Ranking("r2", (4 * 60) + 1, "a", "b")], [Click("a", 20)]);
        Assert.Equal([("a", true), ("b", false)], await SamplesAsync());
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal([("a", false), ("a", true), ("b", false), ("b", false)], await SamplesAsync());
    }

    [Fact]
    public async Task ReadAsync_SchemaWithoutImpressions_LeavesRankingsOut()
    {
        await PutAsync([Ranking("r1", 10, "a", "b")], [Click("a", 20)]);
        TrainingLog log = await _services.GetRequiredService<TrainingLogReader>().ReadAsync(Schema with { OtherEvents = [] }, new(Window), Cancellation);
        Assert.Equal(1, log.Events.Count);
        Assert.Equal(0, log.SkippedEvents);
    }

    [Fact]
    public async Task ReadAsync_WithAWindow_LeavesOutWhatIsBeforeIt()
    {
        await PutAsync([Ranking("r1", 10, "a"), Ranking("r2", 30, "b")], [Click("a", 15), Click("b", 20), Click("b", 35)]);
        TrainingLog log = await _services.GetRequiredService<TrainingLogReader>().ReadAsync(Schema, new(Window, Start.AddMinutes(20)), Cancellation);
        Assert.Equal(["b click", "b impression", "b click"], log.Events.Item.Zip(log.Events.Type, (item, type) => $"{log.ItemIds[item]} {Schema.EventTypes[type]}"));
    }

    [Theory]
    [InlineData(5, null)]
    [InlineData(4, 11)]
    [InlineData(3, 21)]
    [InlineData(2, 31)]
    [InlineData(1, 31)]
    public async Task StartAsync_OfABoundedNumber_IsTheMinuteAfterTheLastOneThatDoesNotFit(int maxEvents, int? minute)
    {
        // Two events share the minute 30: one without the other would be no log of that minute.
        await PutAsync([Ranking("r1", 20, "a")], [Click("a", 10), Click("a", 30), Click("b", 30), Click("b", 40)]);
        DateTimeOffset? start = await _services.GetRequiredService<LogSize>().StartAsync(Schema, new(Window), maxEvents, Cancellation);
        Assert.Equal(minute is { } m ? Start.AddMinutes(m) : null, start);
    }

    [Fact]
    public async Task StartAsync_OfAWindow_CountsOnlyWhatIsInIt()
    {
        await PutAsync([], [Click("a", 10), Click("a", 30)]);
        var window = new LogWindow(Window, Start.AddMinutes(20));
        Assert.Equal(window.From, await _services.GetRequiredService<LogSize>().StartAsync(Schema, window, 1, Cancellation));
    }

    [Fact]
    public async Task ReadAsync_ErasedUser_IsNotInIt()
    {
        await PutAsync([Ranking("r1", 10, "a", "b")], [Click("a", 20)]);
        await _services.GetRequiredService<IBehaviourLog>().EraseUserAsync("u", Cancellation);
        await _services.GetRequiredService<IImpressionLog>().EraseUserAsync("u", Cancellation);
        TrainingLog log = await _services.GetRequiredService<TrainingLogReader>().ReadAsync(Schema, new(Window), Cancellation);
        Assert.Equal(0, log.Events.Count);
        Assert.Empty(log.UserIds);
    }

    public void Dispose()
    {
        _services.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static FeatureSchema Schema { get; } = new()
    {
        ItemFeatures = [new("item_id", 4)],
        Tasks = [new("click", ["click"])],
        Behaviours = new(["click"], 10),
        OtherEvents = ["impression"],
    };

    private static LoggedRanking Ranking(string id, int minute, params string[] items) => new()
    {
        RankingId = id,
        UserId = "u",
        ModelVersion = "v1",
        Timestamp = Start.AddMinutes(minute),
        Items = [.. items.Select(i => new Impression(i, 0.5f))],
    };

    private static BehaviourEvent Click(string item, int minute) => new()
    {
        EventId = $"{item}{minute}",
        UserId = "u",
        ItemId = item,
        Type = "click",
        Timestamp = Start.AddMinutes(minute),
    };

    private async Task PutAsync(LoggedRanking[] rankings, BehaviourEvent[] events)
    {
        await _services.GetRequiredService<IItemStore>().PutAsync([.. "abc".Select(c => new Item($"{c}", Contracts.EmptyFeatures.Instance))], Cancellation);
        await _services.GetRequiredService<IBehaviourLog>().AppendAsync(events, Cancellation);
        await _services.GetRequiredService<IImpressionLog>().AppendAsync(rankings, Cancellation);
    }

    private async Task<string[]> PositionsAsync()
    {
        (TrainingLog log, SampleSet samples) = await BuildAsync();
        return LogOf.Positions(log, samples.Training);
    }

    private async Task<(TrainingLog Log, SampleSet Samples)> BuildAsync()
    {
        TrainingLog log = await _services.GetRequiredService<TrainingLogReader>().ReadAsync(Schema, new(Window), Cancellation);
        return (log, SampleSet.Build(log, new SampleOptions { ValidationShare = 0, AttributionWindow = Window }));
    }

    /// <summary>Candidates of the samples from impressions, with their labels.</summary>
    private async Task<(string Item, bool Positive)[]> SamplesAsync()
    {
        (TrainingLog log, SampleSet samples) = await BuildAsync();
        List<(string, bool)> candidates = [];
        foreach (RankingBatch batch in samples.Training.Batches(100, epoch: 0, shuffle: false))
        {
            for (int i = 0; i < batch.Rankings * batch.CandidateCount; i++)
            {
                if (batch.Candidates[i] >= 0)
                {
                    candidates.Add((log.ItemIds[batch.Candidates[i]], batch.Labels[i] > 0));
                }
            }
        }

        return [.. candidates.Order()];
    }
}
