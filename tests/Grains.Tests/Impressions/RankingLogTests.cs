using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Experiments;
using DinOrleans.Grains.Impressions;
using DinOrleans.Grains.Telemetry;
using DinOrleans.Storage.Impressions;
using DinOrleans.Storage.Sqlite;
using DinOrleans.TestMachine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Grains.Tests.Impressions;

public sealed class RankingLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ranking-log-").FullName;
    private readonly ServiceProvider _services;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private readonly MeterListener _meters = new();
    private long _dropped;

    public RankingLogTests()
    {
        _services = new ServiceCollection().AddLogging().AddSqliteStorage(_folder).AddSingleton<GrainsInstruments>().BuildServiceProvider();
        Meter meter = _services.GetRequiredService<GrainsInstruments>().Meter;
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == meter && instrument.Name == "dinorleans.ranking.log.dropped")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref _dropped, count));
        _meters.Start();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IImpressionLog Impressions => _services.GetRequiredService<IImpressionLog>();

    [Fact]
    public async Task Add_Rankings_AreWrittenByTheStop()
    {
        RankingLog log = Log(new RankingLogOptions { WriteLimit = 2 });
        await log.StartAsync(Cancellation);
        for (int i = 0; i < 5; i++)
        {
            log.Add("u", Query, new RankOutcome(Ranking(i), null, null));
        }

        await log.StopAsync(Cancellation);
        IReadOnlyList<LoggedRanking> logged = await LoggedAsync();
        Assert.Equal(["r0", "r1", "r2", "r3", "r4"], logged.Select(r => r.RankingId));
        Assert.All(logged, r => Assert.Equal(_time.GetUtcNow(), r.Timestamp));
        Assert.All(logged, r => Assert.Equal("v1", r.ModelVersion));
        Assert.All(logged, r => Assert.Equal([new Impression("a", 0.75f), new Impression("b", 0.25f)], r.Items));
        Assert.All(logged, r => Assert.Equal(Query.Context, r.Context));
        Assert.Equal(0, _dropped);
    }

    [Fact]
    public async Task Add_Rankings_AreWrittenAfterTheInterval()
    {
        RankingLog log = Log(new RankingLogOptions { WriteEvery = TimeSpan.FromSeconds(1) });
        await log.StartAsync(Cancellation);
        log.Add("u", Query, new RankOutcome(Ranking(0), null, null));
        log.Add("u", Query, new RankOutcome(Ranking(1), null, null));

        IReadOnlyList<LoggedRanking> logged = await LoggedAsync(atLeast: 1);
        Assert.Equal(["r0", "r1"], logged.Select(r => r.RankingId));
        await log.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Add_MoreBytesThanMayWait_DropsAndCountsTheLatestUntilThereIsRoomAgain()
    {
        var options = new RankingLogOptions { QueueBytes = 1L << 20 };
        RankingLog log = Log(options);
        Ranking large = Ranking(0) with { Items = [.. Enumerable.Range(0, 1_000).Select(i => new RankedItem { ItemId = new string('i', 200), Score = 0.5f, Scores = (float[])[0.5f] })] };
        for (int i = 0; i < 10; i++)
        {
            log.Add("u", Query, new RankOutcome(large, null, null));
        }

        // Each keeps some 400 KB of ids alone.
        Assert.InRange(_dropped, 7, 9);
        long dropped = _dropped;
        await log.StartAsync(Cancellation);
        await LoggedAsync(atLeast: 10 - dropped);
        log.Add("u", Query, new RankOutcome(Ranking(1), null, null));
        await log.StopAsync(Cancellation);
        Assert.Equal(dropped, _dropped);
        Assert.Equal("r1", (await LoggedAsync())[^1].RankingId);
    }

    [Fact]
    public async Task Add_StoreThatTakesNoWrites_DropsCountsAndGoesOn()
    {
        RankingLog log = Log(new RankingLogOptions());
        _services.GetRequiredService<Storage.Sqlite.SqliteWriter>().Dispose();
        log.Add("u", Query, new RankOutcome(Ranking(0), null, null));
        await log.StartAsync(Cancellation);
        await log.StopAsync(Cancellation);
        Assert.Equal(1, _dropped);
    }

    [Fact]
    public void Add_ExplainedRanking_DoesNotKeepTheExplanationWhileItWaits()
    {
        RankingLog log = Log(new RankingLogOptions());
        WeakReference explanation = AddExplained(log);
        GC.Collect();
        Assert.False(explanation.IsAlive);
        GC.KeepAlive(log);
    }

    [Fact]
    public async Task Add_LoggingOff_LogsAndDropsNothing()
    {
        RankingLog log = Log(new RankingLogOptions { Log = false });
        log.Add("u", Query, new RankOutcome(Ranking(0), null, null));
        await log.StartAsync(Cancellation);
        await log.StopAsync(Cancellation);
        Assert.Empty(await LoggedAsync());
        Assert.Equal(0, _dropped);
    }

    public void Dispose()
    {
        _meters.Dispose();
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference AddExplained(RankingLog log)
    {
        var explanation = new Explanation([new("h", _time.GetUtcNow())], (float[])[0.5f, 0.25f]);
        log.Add("u", Query with { Explain = true }, new RankOutcome(Ranking(0) with { Explanation = explanation }, null, null));
        return new(explanation);
    }

    private static RankQuery Query { get; } = new() { Candidates = ["a", "b", "c"], Limit = 2, Context = new Dictionary<string, string> { ["device"] = "ios" } };

    private static Ranking Ranking(int i) => new()
    {
        RankingId = $"r{i}",
        ModelVersion = "v1",
        Source = RankingSource.Model,
        HistoryLength = 0,
        Tasks = ["click"],
        Items =
        [
            new RankedItem { ItemId = "a", Score = 0.75f, Scores = (float[])[0.75f] },
            new RankedItem { ItemId = "b", Score = 0.25f, Scores = (float[])[0.25f] },
        ],
    };

    /// <summary>Lets time pass until the log has written so many rankings. It may start to wait only after its clock was moved.</summary>
    private Task<IReadOnlyList<LoggedRanking>> LoggedAsync(long atLeast) => Eventually.BecomesAsync(
        $"{atLeast} rankings are written",
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return LoggedAsync();
        },
        logged => logged.Count >= atLeast,
        cancellationToken: Cancellation);

    private async Task<IReadOnlyList<LoggedRanking>> LoggedAsync() =>
        [.. (await Impressions.ReadAfterAsync("u", default, 100, Cancellation)).Select(r => r.Row)];

    private RankingLog Log(RankingLogOptions options) => new(
        Impressions, Options.Create(options), _services.GetRequiredService<GrainsInstruments>(), _time, NullLogger<RankingLog>.Instance);
}
