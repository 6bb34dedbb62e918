using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Grains.Scoring;
using DinOrleans.Grains.Telemetry;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Models;

/// <summary>The versions that this silo holds: the active one, the target on its way and the one before.</summary>
public sealed partial class ModelHost(ModelLoader loader, GrainsInstruments instruments, TimeProvider time, ILogger<ModelHost> logger) : IDisposable
{
    private readonly SemaphoreSlim _applying = new(1, 1);
    private readonly LoadFailures _failures = new(time);
    private volatile LoadedModel[] _loaded = [];
    private volatile LoadedModel? _active;
    private volatile string? _assigned;

    /// <summary>Whether the cluster has an active version, so that rankings are never by popularity.</summary>
    public bool HasActive => _active is not null || _assigned is not null;

    /// <summary>Leases the active version for a ranking; null before any is active.</summary>
    /// <exception cref="ModelVersionNotLoadedException">A version is active, but this silo could not load it.</exception>
    public ModelLease? LeaseActive()
    {
        // A swap between the read and the lease may have released what was read: then the new one is there to lease.
        while (_active is { } active)
        {
            if (active.TryLease() is { } lease)
            {
                return lease;
            }
        }

        return _assigned is null ? null : throw new ModelVersionNotLoadedException($"This silo could not load the active version {_assigned} yet.");
    }

    /// <summary>Leases a version by name; null where this silo does not hold it.</summary>
    public ModelLease? Lease(string version)
    {
        LoadedModel? model = Array.Find(_loaded, m => m.Version == version);
        return model?.TryLease();
    }

    /// <summary>Whether this silo holds a version.</summary>
    public bool Holds(string version) => Array.Exists(_loaded, m => m.Version == version);

    /// <summary>What this silo holds now.</summary>
    /// <param name="silo">The silo's address.</param>
    public SiloModels Report(string silo)
    {
        LoadedModel[] loaded = _loaded;
        LoadedModel? active = _active;

        // A ranking begun with the version before still needs it elsewhere: the silo has moved when the last has ended. A target that
        // another silo's rankings use here already was never active on this one.
        LoadedModel? before = Array.Find(loaded, m => m != active && m.WasActive && !m.IsIdle);
        return new(silo, (before ?? active)?.Version, [.. loaded.Select(m => m.Version)], _failures.Refused) { Failing = _failures.Failing };
    }

    /// <summary>Loads what the assignment names, swaps the active version, and lets go of the rest.</summary>
    public async Task ApplyAsync(ModelAssignment assignment, CancellationToken cancellationToken)
    {
        await _applying.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await LoadAsync(assignment.Active, isActive: true, cancellationToken).ConfigureAwait(false);
            await LoadAsync(assignment.Target, isActive: false, cancellationToken).ConfigureAwait(false);
            Swap(assignment.Active);
            LetGo([assignment.Active, assignment.Target, assignment.Retiring]);
        }
        finally
        {
            _applying.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _active = null;
        LetGo([]);
        _applying.Dispose();
    }

    private async Task LoadAsync(string? version, bool isActive, CancellationToken cancellationToken)
    {
        if (version is null || Holds(version) || !_failures.IsDue(version, isActive))
        {
            return;
        }

        long start = time.GetTimestamp();
        try
        {
            LoadedModel model = await Task.Run(() => loader.Load(version, cancellationToken), cancellationToken).ConfigureAwait(false);
            _loaded = [.. _loaded, model];
            _failures.Remove(version);
            TimeSpan elapsed = time.GetElapsedTime(start);
            instruments.ModelLoaded(elapsed);
            LogLoaded(version, elapsed.TotalMilliseconds);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever it is, it is the version's: the silo goes on with what it has.
            LogNotLoaded(e, version);
            _failures.Add(version, e);
        }
    }

    private void Swap(string? version)
    {
        LoadedModel? next = Array.Find(_loaded, m => m.Version == version);
        if (next is not null && next != _active)
        {
            LogSwapped(version!, _active?.Version);
            next.WasActive = true;
            _active = next;
        }

        _assigned = version;
    }

    private void LetGo(string?[] keep)
    {
        LoadedModel? active = _active;
        LoadedModel[] gone = [.. _loaded.Where(m => m != active && !keep.Contains(m.Version))];
        if (gone.Length > 0)
        {
            _loaded = [.. _loaded.Except(gone)];
            foreach (LoadedModel model in gone)
            {
                LogReleased(model.Version);
                model.Retire();
            }
        }

        _failures.KeepOnly(keep);
    }
}
