using System.Diagnostics;
using DinOrleans.Contracts;
using DinOrleans.Grains.Telemetry;
using DinOrleans.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Scoring;

/// <summary>
/// Batches the score requests of a silo. A worker takes what is queued whenever it is free, so no batch waits while the device is idle. The queue is
/// bounded. A request that is past its deadline or was abandoned costs no device time.
/// </summary>
public sealed partial class ScoreBatcher : IDisposable
{
    private readonly ScoringOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<ScoreBatcher> _logger;
    private readonly GrainsInstruments _instruments;
    private readonly ScoreQueue _queue;
    private readonly Thread[] _workers;

    public ScoreBatcher(IOptions<ScoringOptions> options, TimeProvider time, GrainsInstruments instruments, ILogger<ScoreBatcher> logger)
    {
        _options = options.Value;
        _time = time;
        _logger = logger;
        _instruments = instruments;
        _queue = new(_options.QueueLimit, time, Drop);
        instruments.ObserveQueue(() => _queue.Count, _options.QueueLimit);
        _workers = new Thread[_options.Accelerator == Accelerator.None ? 0 : _options.WorkerCount];
        for (int i = 0; i < _workers.Length; i++)
        {
            int device = i % (_options.Accelerator == Accelerator.Cuda ? _options.DeviceNumbers.Count : 1);
            _workers[i] = new Thread(() => Work(device)) { IsBackground = true, Name = $"scorer {i}" };
            _workers[i].Start();
        }
    }

    /// <summary>Scores a request in the next batch.</summary>
    /// <param name="request">The request. Its blocks are read until the task ends.</param>
    /// <param name="lease">The caller's lease on the request's version, which the caller keeps until the task ends.</param>
    /// <param name="cancellationToken">Abandons the request while it waits.</param>
    /// <exception cref="OverloadedException">The queue is full.</exception>
    /// <exception cref="DeadlineExceededException">The deadline passed while the request waited.</exception>
    internal Task<ScoreResult> ScoreAsync(ScoreRequest request, ModelLease lease, CancellationToken cancellationToken)
    {
        var pending = new PendingScore(request, lease.Model, Deadline(request.TimeLeft ?? _options.DefaultDeadline), cancellationToken);
        if (!_queue.TryAdd(pending))
        {
            _instruments.Rejected();
            pending.Fail(new OverloadedException("The scoring queue is full.", RetryAfter));
        }

        return pending.Result;
    }

    /// <summary>How long a refused caller should wait before the next try.</summary>
    internal static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public void Dispose()
    {
        _queue.Close();
        foreach (Thread worker in _workers)
        {
            worker.Join();
        }

        while (_queue.TryRemoveAny(out PendingScore? pending))
        {
            pending.Fail(new OverloadedException("The silo is stopping.", RetryAfter));
        }

        _queue.Dispose();
    }

    private void Work(int device)
    {
        var rules = new BatchRules(_options.BatchPairs, _options.MaxPadding);
        var batch = new ScoreBatch { Device = device };
        List<PendingScore> pending = [];
        List<ScoreRequest> requests = [];
        while (_queue.TryTake(rules, pending))
        {
            if (pending.Count > 0)
            {
                requests.Clear();
                foreach (PendingScore one in pending)
                {
                    requests.Add(one.Request);
                }

                Run(batch, pending, requests);
            }
        }
    }

    /// <summary>Returns a timestamp and not a time of day, because the clock may be set while a request waits.</summary>
    private long Deadline(TimeSpan left) =>
        _time.GetTimestamp() + (long)(Math.Min(left.TotalSeconds, InputLimits.RankingTimeLeft.TotalSeconds) * _time.TimestampFrequency);

    private void Drop(PendingScore pending)
    {
        if (pending.IsAbandoned)
        {
            pending.Abandon();
            return;
        }

        _instruments.Expired();
        pending.Fail(new DeadlineExceededException("The deadline passed before the ranking was scored."));
    }

    private void Run(ScoreBatch batch, List<PendingScore> pending, List<ScoreRequest> requests)
    {
        LoadedModel model = pending[0].Model;
        bool attention = requests.Exists(r => r.Explain);
        using Activity? span = SharedWork.Start(GrainsActivities.Source, GrainsActivities.WaitName, GrainsActivities.BatchName, pending, p => p.Caller);
        try
        {
            long start = _time.GetTimestamp();
            batch.Pack(requests, model.Layout);
            Score(model, batch, attention, span);
            long pairs = 0;
            foreach (PendingScore one in pending)
            {
                pairs += one.Pairs;
            }

            span?.SetTag("dinorleans.version", model.Version).SetTag("dinorleans.requests", batch.Requests).SetTag("dinorleans.pairs", pairs);
            _instruments.BatchScored(batch.Requests, pairs, batch.PaddedPairs - pairs, _time.GetElapsedTime(start));
        }
        catch (Exception e)
        {
            // Whatever the runtime throws belongs to the callers of this batch. The worker must go on.
            span?.SetStatus(ActivityStatusCode.Error);
            LogBatchFailed(e, model.Version, pending.Count);
            pending.ForEach(p => p.Fail(new InvalidOperationException($"Version {model.Version} failed to score: {e.Message}", e)));
            return;
        }

        for (int i = 0; i < pending.Count; i++)
        {
            pending[i].Complete(batch.Unpack(i, requests[i], attention && model.Scorer.HasAttention));
        }
    }

    private static void Score(LoadedModel model, ScoreBatch batch, bool attention, Activity? batchSpan)
    {
        using Activity? span = batchSpan is null ? null : GrainsActivities.Start(GrainsActivities.DeviceName);
        model.Scorer.Score(batch, attention);
    }
}
