using System.Diagnostics;
using System.Threading.Channels;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Experiments;
using DinOrleans.Grains.Telemetry;
using DinOrleans.Storage;
using DinOrleans.Storage.Impressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Impressions;

/// <summary>
/// Logs what rankings returned. No ranking waits for the log. A ranking that the queue has no room for or that the store does not take is dropped and
/// counted.
/// </summary>
public sealed partial class RankingLog : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly IImpressionLog _log;
    private readonly RankingLogOptions _options;
    private readonly GrainsInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger<RankingLog> _logger;
    private readonly RepeatedFailures _failures;
    private readonly QueueBudget _budget;
    private readonly Channel<(LoggedRanking Ranking, long Bytes, WaitingCaller Caller)> _queue;
    private readonly CancellationTokenSource _stopping = new();
    private Task _writing = Task.CompletedTask;

    public RankingLog(
        IImpressionLog log, IOptions<RankingLogOptions> options, GrainsInstruments instruments, TimeProvider time, ILogger<RankingLog> logger)
    {
        _log = log;
        _options = options.Value;
        _instruments = instruments;
        _time = time;
        _logger = logger;
        _failures = new RepeatedFailures(time);
        _budget = new QueueBudget(_options.QueueBytes);

        // A channel for a single reader cannot be counted.
        _queue = Channel.CreateUnbounded<(LoggedRanking, long, WaitingCaller)>();
        instruments.ObserveRankingLog(() => _queue.Reader.Count);
    }

    /// <inheritdoc/>
    /// <remarks>The stage ends after that of the grains, so that their last rankings are written.</remarks>
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(RankingLog), ServiceLifecycleStage.ApplicationServices, StartAsync, StopAsync);

    /// <summary>True where a ranking is of the share that is logged with all candidates and leaves some of them out of the answer.</summary>
    public bool KeepsUnshown(RankQuery query) =>
        _options.Log && !query.Explain && query.Limit < query.Candidates.Count && Random.Shared.NextDouble() < _options.UnshownShare;

    /// <summary>Takes a ranking on to be logged, and returns at once.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="query">The query that the ranking answered.</param>
    /// <param name="outcome">The answer, and what the log keeps in addition to it.</param>
    public void Add(string userId, RankQuery query, RankOutcome outcome)
    {
        if (!_options.Log)
        {
            return;
        }

        Ranking ranking = outcome.Ranking;
        var logged = new LoggedRanking
        {
            RankingId = ranking.RankingId,
            UserId = userId,
            ModelVersion = ranking.ModelVersion,
            Timestamp = _time.GetUtcNow(),
            Context = query.Context,
            Items = new RankedImpressions(ranking.Items),
            Experiment = outcome.IsMeasured ? ranking.Experiment : null,
            Arm = outcome.IsMeasured ? ranking.Variant : null,
            Temperature = ranking.Temperature,
            Propensities = ranking.Propensities,
            CandidateCount = query.Candidates.Count - (ranking.UnavailableItems?.Count ?? 0),
            Unshown = outcome.Unshown is { } unshown ? new RankedImpressions(unshown) : null,
        };
        long bytes = Footprint.Estimate(logged);
        if (!_budget.TryTake(bytes))
        {
            _instruments.RankingsNotLogged(1);
        }
        else if (!_queue.Writer.TryWrite((logged, bytes, WaitingCaller.Of(GrainsActivities.Source))))
        {
            _budget.Return(bytes);
            _instruments.RankingsNotLogged(1);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stopping.Dispose();

    internal Task StartAsync(CancellationToken cancellationToken)
    {
        // The task runs off the silo's scheduler.
        _writing = Task.Run(WriteAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    internal Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        _stopping.Cancel();
        return _writing.WaitAsync(cancellationToken);
    }

    private async Task WriteAsync()
    {
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            await Task.Delay(_options.WriteEvery, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await WriteQueuedAsync().ConfigureAwait(false);
        }
    }

    private async Task WriteQueuedAsync()
    {
        List<LoggedRanking> write = [];
        List<WaitingCaller> callers = [];
        do
        {
            write.Clear();
            callers.Clear();
            long bytes = 0;
            while (write.Count < _options.WriteLimit && _queue.Reader.TryRead(out (LoggedRanking Ranking, long Bytes, WaitingCaller Caller) next))
            {
                write.Add(next.Ranking);
                callers.Add(next.Caller);
                bytes += next.Bytes;
            }

            using Activity? span = SharedWork.Start(GrainsActivities.Source, GrainsActivities.LogWaitName, GrainsActivities.LogName, callers, c => c);
            try
            {
                await _log.AppendAsync(write, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // A lost ranking costs training a little. A retry would fill the queue and lose as much.
                _instruments.RankingsNotLogged(write.Count);
                if (_failures.ShouldLog(out int unlogged))
                {
                    LogWriteFailed(e, write.Count, unlogged);
                }
            }

            _budget.Return(bytes);
        }
        while (write.Count == _options.WriteLimit && _queue.Reader.TryPeek(out _));
    }

    [LoggerMessage(EventId = 321, Level = LogLevel.Warning, Message = "{Rankings} rankings could not be logged for training and were dropped. {Unlogged} more writes failed since the last failure was logged")]
    private partial void LogWriteFailed(Exception error, int rankings, int unlogged);
}
