using System.Globalization;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Trainings;
using DinOrleans.Grains.Shop;
using DinOrleans.Storage.Trainings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Trainings;

/// <inheritdoc cref="ITrainingGrain"/>
/// <remarks>
/// What it tells its callers is in the store, but for how far the attempt under way is. <see cref="TrainingQueue"/> decides, and here it is stored.
/// A service's silence is counted from when this activation began, so that a lost silo takes no training from its service.
/// </remarks>
public sealed partial class TrainingGrain(
    ITrainingStore store,
    ShopSchema shop,
    IOptions<TrainingQueueOptions> options,
    TimeProvider time,
    ILogger<TrainingGrain> logger) : Grain, ITrainingGrain, ITrainingWorkGrain
{
    private TrainingBook _book = TrainingBook.Empty;
    private TrainingStep? _progress;
    private long _heardAt;
    private bool _isStale = true;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _heardAt = time.GetTimestamp();
        return RefreshAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<TrainingInfo> StartAsync(TrainingRequest request, CancellationToken cancellationToken)
    {
        TrainingRules.Check(request).ThrowIfAny();
        await RefreshAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        TrainingInfo training = TrainingQueue.Request(_book.Trainings, request, NewId(now), now);
        if (!_book.Trainings.Contains(training))
        {
            await PutAsync(training, cancellationToken);
            LogRequested(training.Id, training.Trigger);
        }

        return Shown(training);
    }

    /// <inheritdoc/>
    public Task<TrainingPage> ListAsync(TrainingPageQuery query, CancellationToken cancellationToken)
    {
        TrainingRules.Check(query).ThrowIfAny();
        TrainingInfo[] rest = [.. _book.Trainings.Where(t => query.After is null || string.CompareOrdinal(t.Id, query.After) < 0)];
        TrainingInfo[] page = [.. rest.Take(query.Limit).Select(Shown)];
        return Task.FromResult(new TrainingPage(page, rest.Length > page.Length ? page[^1].Id : null));
    }

    /// <inheritdoc/>
    public Task<TrainingInfo?> GetAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(Find(id) is { } training ? Shown(training) : null);

    /// <inheritdoc/>
    public async Task<TrainingAssignment> TakeAsync(TrainingWorker worker, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        await LoseAsync(worker, cancellationToken);
        TrainingInfo? taken = TrainingQueue.Take(_book.Trainings, worker.Name, time.GetUtcNow());
        if (taken is not null)
        {
            await PutAsync(taken, cancellationToken);
            _progress = null;
            _heardAt = time.GetTimestamp();
            LogTaken(taken.Id, taken.Worker, taken.Attempt);
        }

        return new(taken, shop.Features.ToJson(), TrainingQueue.Past(_book.Trainings));
    }

    /// <inheritdoc/>
    public async Task<bool> ReportAsync(TrainingReport report, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        if (Find(report.Id) is not { } before || !TrainingQueue.IsOf(before, report))
        {
            return false;
        }

        _heardAt = time.GetTimestamp();
        _progress = report.Progress ?? _progress;
        TrainingInfo after = TrainingQueue.Apply(before, report, time.GetUtcNow(), options.Value);
        if (after != before)
        {
            await PutAsync(after, cancellationToken);
            Tell(before, after);
        }

        return true;
    }

    private static string NewId(DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd-HHmmss-fff}-{Guid.NewGuid().ToString("N")[..4]}");

    private TrainingInfo? Find(string id) => _book.Trainings.FirstOrDefault(t => t.Id == id);

    /// <summary>A training as callers see it. How far it is changes several times per second and is not stored.</summary>
    private TrainingInfo Shown(TrainingInfo training) => TrainingQueue.IsHeld(training) ? training with { Progress = _progress } : training;

    private async Task LoseAsync(TrainingWorker worker, CancellationToken cancellationToken)
    {
        bool isSilent = time.GetElapsedTime(_heardAt) >= options.Value.Silence
            || (worker.IsOnly && _book.Trainings.Any(t => TrainingQueue.IsHeld(t) && t.Worker != worker.Name));
        if (TrainingQueue.Lose(_book.Trainings, isSilent, time.GetUtcNow(), options.Value) is { } lost)
        {
            await PutAsync(lost, cancellationToken);
            LogLost(lost.Id, lost.Error);
        }
    }

    private void Tell(TrainingInfo before, TrainingInfo after)
    {
        switch (after.State)
        {
            case TrainingState.Rejected:
                LogRejected(after.Id, after.Error);
                break;
            case TrainingState.Failed:
                LogGivenUp(after.Id, after.Failures, after.Error);
                break;
            case TrainingState.Waiting when after.Failures > before.Failures && after.Error == before.Error:
                LogSameFailure(after.Id, after.NotBefore);
                break;
            case TrainingState.Waiting when after.Failures > before.Failures:
                LogRetry(after.Id, after.NotBefore, after.Error);
                break;
            case TrainingState state when state != before.State:
                LogState(after.Id, state);
                break;
        }
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        if (_isStale)
        {
            _book = await store.ReadAsync(cancellationToken);
            _isStale = false;
        }
    }

    private async Task PutAsync(TrainingInfo training, CancellationToken cancellationToken)
    {
        // A write that fails may have been stored all the same, and one that was refused was decided on an older state.
        _isStale = true;
        if (!await store.TryWriteAsync(new(_book.Revision, [training], TrainingQueue.Surplus(_book.Trainings, options.Value.Keep)), cancellationToken))
        {
            throw new StoreUnavailableException("The trainings were changed by another silo at the same time.");
        }

        await RefreshAsync(cancellationToken);
    }
}
