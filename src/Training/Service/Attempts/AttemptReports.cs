using DinOrleans.Contracts.Trainings;
using DinOrleans.Training.Evaluation;
using DinOrleans.Training.Trainer;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Training.Service.Attempts;

/// <summary>Tells the cluster how far an attempt is, once per second, and ends the attempt where its training is another's by now.</summary>
internal sealed partial class AttemptReports : IProgress<TrainingProgress>, IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ITrainingWorkGrain _grain;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Lock _lock = new();
    private readonly List<TrainingPoint> _curve;
    private TrainingReport _next;
    private bool _isOver;
    private Task _beating = Task.CompletedTask;

    /// <param name="grain">Takes the reports.</param>
    /// <param name="training">The training, as it was taken.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Takes what could not be told.</param>
    public AttemptReports(ITrainingWorkGrain grain, TrainingInfo training, TimeProvider time, ILogger logger)
    {
        _grain = grain;
        _time = time;
        _logger = logger;
        _curve = [.. training.Curve];
        _next = new() { Id = training.Id, Attempt = training.Attempt, State = TrainingState.Running };
    }

    /// <summary>Cancelled where the training is no longer this attempt's.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Begins to report.</summary>
    public void Start() => _beating = Task.Run(BeatAsync, CancellationToken.None);

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        lock (_lock)
        {
            _next = _next with { Progress = new(value.Epoch, value.Epochs, value.Step, value.Steps, value.SamplesPerSecond, Finite(value.Loss)) };
            if (value.EndsEpoch)
            {
                // An attempt that starts over goes through epochs that an earlier one has been through.
                _curve.RemoveAll(p => p.Epoch >= value.Epoch);
                _curve.Add(Point(value.Epoch, value.Loss, value.SamplesPerSecond, value.Validation));
                _next = _next with { Curve = [.. _curve] };
            }
        }
    }

    /// <summary>Replaces the curve by that of the whole training, which is told with the next report.</summary>
    public void Complete(IReadOnlyList<EpochResult> epochs)
    {
        lock (_lock)
        {
            _next = _next with { Curve = [.. epochs.Select(e => Point(e.Epoch, e.Loss, e.SamplesPerSecond, e.Validation))] };
        }
    }

    /// <summary>Tells something at once, beside how far the attempt is.</summary>
    /// <param name="change">Adds what is to be told.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>False where the training is no longer this attempt's.</returns>
    public async Task<bool> TellAsync(Func<TrainingReport, TrainingReport> change, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            lock (_lock)
            {
                _next = change(_next);
            }

            // After this report the training is another's, or nobody's: no beat may follow it.
            _isOver = _next.State is not (TrainingState.Running or TrainingState.Gating);
            return await SendAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _beating.ConfigureAwait(false);
        _ended.Dispose();
        _lost.Dispose();
        _sending.Dispose();
    }

    private static TrainingPoint Point(int epoch, double loss, double samplesPerSecond, RankingEvaluation? validation) =>
        new(epoch, Finite(loss), samplesPerSecond, Finite(validation?.Auc), Finite(validation?.Gauc), Finite(validation?.LogLoss));

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(Period, _time);
        try
        {
            while (!_isOver && !_lost.IsCancellationRequested)
            {
                await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false);
                await BeatOnceAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_ended.IsCancellationRequested)
        {
            // The attempt ended.
        }
    }

    private async Task BeatOnceAsync()
    {
        await _sending.WaitAsync(_ended.Token).ConfigureAwait(false);
        try
        {
            if (!_isOver)
            {
                await SendAsync(_ended.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException || !_ended.IsCancellationRequested)
        {
            // The cluster may be away for a while. Training goes on, and what was to be told is told with the next beat.
            LogNotTold(e);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task<bool> SendAsync(CancellationToken cancellationToken)
    {
        TrainingReport report;
        lock (_lock)
        {
            report = _next;
        }

        bool isOurs = await _grain.ReportAsync(report, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            // What was stored need not be told again. A report that came meanwhile may have a longer curve.
            _next = _next with { Curve = ReferenceEquals(_next.Curve, report.Curve) ? null : _next.Curve, Gates = null };
        }

        if (!isOurs)
        {
            await _lost.CancelAsync().ConfigureAwait(false);
        }

        return isOurs;
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The cluster did not take the report of a training")]
    private partial void LogNotTold(Exception error);
}
