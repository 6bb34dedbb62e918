using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using DinOrleans.Contracts;
using DinOrleans.Grains.Scoring;
using DinOrleans.Grains.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Grains.Tests.Scoring;

public sealed class ScoreBatcherTests : IDisposable
{
    private readonly BatchFixture _fixture;
    private readonly FakeTimeProvider _time = new();
    private BlockedScorer _scorer = null!;

    public ScoreBatcherTests() => _fixture = new BatchFixture(inner => _scorer = new BlockedScorer(inner));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ScoreAsync_WhileTheDeviceIsBusy_GoesIntoOneBatch()
    {
        using ScoreBatcher batcher = Batcher(new ScoringOptions());
        Task<ScoreResult> first = Score(batcher, seed: 0);
        await _scorer.EnteredAsync(Cancellation);
        Task<ScoreResult>[] rest = [.. Enumerable.Range(1, 8).Select(i => Score(batcher, i))];
        _scorer.Allow(2);
        await Task.WhenAll([first, .. rest]);
        Assert.Equal([1, 8], _scorer.BatchSizes);
    }

    [Fact]
    public async Task ScoreAsync_OfSeveralTraces_LinksTheBatchToEach()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == GrainsActivities.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using Activity one = Caller(), two = Caller();
        using (ScoreBatcher batcher = Batcher(new ScoringOptions()))
        {
            Activity.Current = null;
            Task<ScoreResult> first = Score(batcher, seed: 0);
            await _scorer.EnteredAsync(Cancellation);
            Activity.Current = one;
            Task<ScoreResult> second = Score(batcher, 1);
            Activity.Current = two;
            Task<ScoreResult> third = Score(batcher, 2);
            Activity.Current = null;
            _scorer.Allow(2);
            await Task.WhenAll(first, second, third);
        }

        Activity batch = Assert.Single(ended, a => a.OperationName == GrainsActivities.BatchName);
        Assert.Equal([one.Context, two.Context], batch.Links.Select(l => l.Context));
        Assert.Equal(2, batch.GetTagItem("dinorleans.requests"));
        Assert.Equal(batch.SpanId, Assert.Single(ended, a => a.OperationName == GrainsActivities.DeviceName).ParentSpanId);
        Assert.Equal(
            [one.TraceId, two.TraceId], ended.Where(a => a.OperationName == GrainsActivities.WaitName).Select(a => a.TraceId));

        static Activity Caller()
        {
            Activity.Current = null;
            return new Activity("caller") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.SetIdFormat(ActivityIdFormat.W3C).Start();
        }
    }

    [Fact]
    public async Task ScoreAsync_QueueFull_IsRefusedAtOnceAndTheOthersAreServed()
    {
        using ScoreBatcher batcher = Batcher(new ScoringOptions { QueueLimit = 2 });
        Task<ScoreResult> first = Score(batcher, 0);
        await _scorer.EnteredAsync(Cancellation);
        Task<ScoreResult>[] queued = [Score(batcher, 1), Score(batcher, 2)];
        OverloadedException refused = await Assert.ThrowsAsync<OverloadedException>(() => Score(batcher, 3));
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
        _scorer.Allow(2);
        await Task.WhenAll([first, .. queued]);
    }

    [Fact]
    public async Task ScoreAsync_Background_WaitsForAllOthersAndNeverSharesTheirBatch()
    {
        using ScoreBatcher batcher = Batcher(new ScoringOptions());
        Task<ScoreResult> first = Score(batcher, 0);
        await _scorer.EnteredAsync(Cancellation);
        Task<ScoreResult>[] bulk = [.. Enumerable.Range(1, 3).Select(i => Score(batcher, i, background: true))];
        Task<ScoreResult>[] interactive = [.. Enumerable.Range(4, 2).Select(i => Score(batcher, i))];
        _scorer.Allow(2);
        await Task.WhenAll([first, .. interactive]);
        Assert.DoesNotContain(bulk, t => t.IsCompleted);
        _scorer.Allow(1);
        await Task.WhenAll(bulk);
        Assert.Equal([1, 2, 3], _scorer.BatchSizes);
    }

    [Fact]
    public async Task ScoreAsync_BackgroundFillsHalfTheQueue_LeavesTheRestToOthers()
    {
        using ScoreBatcher batcher = Batcher(new ScoringOptions { QueueLimit = 2 });
        Task<ScoreResult> first = Score(batcher, 0);
        await _scorer.EnteredAsync(Cancellation);
        Task<ScoreResult> bulk = Score(batcher, 1, background: true);
        await Assert.ThrowsAsync<OverloadedException>(() => Score(batcher, 2, background: true));
        Task<ScoreResult> interactive = Score(batcher, 3);
        _scorer.Allow(3);
        await Task.WhenAll(first, bulk, interactive);
    }

    [Fact]
    public async Task ScoreAsync_PastItsDeadline_CostsNoDeviceTime()
    {
        using ScoreBatcher batcher = Batcher(new ScoringOptions { DefaultDeadline = TimeSpan.FromSeconds(1) });
        Task<ScoreResult> first = Score(batcher, 0);
        await _scorer.EnteredAsync(Cancellation);
        Task<ScoreResult> late = Score(batcher, 1);
        _time.Advance(TimeSpan.FromSeconds(2));
        _scorer.Allow(1);
        await first;
        await Assert.ThrowsAsync<DeadlineExceededException>(() => late);
        Assert.Equal([1], _scorer.BatchSizes);
    }

    [Fact]
    public async Task ScoreAsync_MoreTimeThanWasLeft_CostsNoDeviceTime()
    {
        using ScoreBatcher batcher = Batcher(new ScoringOptions());
        Task<ScoreResult> first = Score(batcher, 0);
        await _scorer.EnteredAsync(Cancellation);
        Task<ScoreResult> late = Score(batcher, 1, timeLeft: TimeSpan.FromMilliseconds(100));
        Task<ScoreResult> inTime = Score(batcher, 2, timeLeft: TimeSpan.FromMilliseconds(101));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        _scorer.Allow(2);
        await Task.WhenAll(first, inTime);
        await Assert.ThrowsAsync<DeadlineExceededException>(() => late);
        Assert.Equal([1, 1], _scorer.BatchSizes);
    }

    [Fact]
    public async Task ScoreAsync_BackgroundPastItsDeadlineWhileOthersAreServed_Ends()
    {
        using var other = new BatchFixture();
        using ScoreBatcher batcher = Batcher(new ScoringOptions());
        Task<ScoreResult> first = Score(batcher, 0);
        await _scorer.EnteredAsync(Cancellation);
        Task<ScoreResult> bulk = batcher.ScoreAsync(
            other.Request(3, 4, 1) with { Background = true, TimeLeft = TimeSpan.FromSeconds(1) }, other.Lease, Cancellation);
        _time.Advance(TimeSpan.FromSeconds(1));
        Task<ScoreResult> interactive = Score(batcher, 2);
        _scorer.Allow(1);
        await _scorer.EnteredAsync(Cancellation);

        await Assert.ThrowsAsync<DeadlineExceededException>(() => bulk);

        Assert.False(interactive.IsCompleted);
        _scorer.Allow(1);
        await Task.WhenAll(first, interactive);
    }

    [Fact]
    public async Task ScoreAsync_QueueFullOfRequestsThatNobodyCanUse_TakesANewOneInTheirPlace()
    {
        using ScoreBatcher batcher = Batcher(new ScoringOptions { QueueLimit = 2 });
        Task<ScoreResult> first = Score(batcher, 0);
        await _scorer.EnteredAsync(Cancellation);
        using var gone = new CancellationTokenSource();
        Task<ScoreResult> abandoned = batcher.ScoreAsync(_fixture.Request(3, 4, 1), _fixture.Lease, gone.Token);
        Task<ScoreResult> late = Score(batcher, 2, background: true, timeLeft: TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<OverloadedException>(() => Score(batcher, 3));
        await gone.CancelAsync();
        _time.Advance(TimeSpan.FromSeconds(1));

        Task<ScoreResult>[] taken = [Score(batcher, 4), Score(batcher, 5)];

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        await Assert.ThrowsAsync<DeadlineExceededException>(() => late);
        _scorer.Allow(2);
        await Task.WhenAll([first, .. taken]);
        Assert.Equal([1, 2], _scorer.BatchSizes);
    }

    [Fact]
    public async Task ScoreAsync_CallerGone_CostsNoDeviceTime()
    {
        using ScoreBatcher batcher = Batcher(new ScoringOptions());
        Task<ScoreResult> first = Score(batcher, 0);
        await _scorer.EnteredAsync(Cancellation);
        using var gone = new CancellationTokenSource();
        Task<ScoreResult> abandoned = batcher.ScoreAsync(_fixture.Request(3, 4, 1), _fixture.Lease, gone.Token);
        await gone.CancelAsync();
        _scorer.Allow(1);
        await first;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);
        Assert.Equal([1], _scorer.BatchSizes);
    }

    [Fact]
    public async Task ScoreAsync_ShapesThatWouldPad_GoIntoBatchesOfTheirOwn()
    {
        using ScoreBatcher batcher = Batcher(new ScoringOptions { MaxPadding = 0.1 });
        Task<ScoreResult> first = Score(batcher, 0);
        await _scorer.EnteredAsync(Cancellation);
        Task<ScoreResult>[] rest = [Score(batcher, 1, candidates: 100), Score(batcher, 2, candidates: 10), Score(batcher, 3, candidates: 98)];
        _scorer.Allow(3);
        await Task.WhenAll([first, .. rest]);
        Assert.Equal([1, 2, 1], _scorer.BatchSizes);
    }

    [Fact]
    public async Task ScoreAsync_ScorerThatThrows_FailsItsBatchAndServesTheNext()
    {
        using ScoreBatcher batcher = Batcher(new ScoringOptions());
        _scorer.Allow(2);
        ScoreRequest broken = _fixture.Request(3, 4, 1) with { Behaviours = new FloatBlock(new float[1000]) };
        await Assert.ThrowsAsync<InvalidOperationException>(() => batcher.ScoreAsync(broken, _fixture.Lease, Cancellation));
        Assert.Equal(4, (await Score(batcher, 2)).Scores.Length);
    }

    public void Dispose() => _fixture.Dispose();

    private Task<ScoreResult> Score(ScoreBatcher batcher, int seed, int candidates = 4, bool background = false, TimeSpan? timeLeft = null) => batcher.ScoreAsync(
        _fixture.Request(3, candidates, seed) with { Background = background, TimeLeft = timeLeft }, _fixture.Lease, Cancellation);

    private ScoreBatcher Batcher(ScoringOptions options)
    {
        options.Workers = 1;
        IMeterFactory meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        return new ScoreBatcher(Options.Create(options), _time, new GrainsInstruments(meters), NullLogger<ScoreBatcher>.Instance);
    }
}
