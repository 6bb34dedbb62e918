using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Grains.Scoring;
using DinOrleans.Grains.Telemetry;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Models;

/// <summary>The versions that this silo holds: the active one, the target and the retiring one.</summary>
public sealed partial class ModelHost : IDisposable
{
    private readonly ModelLoader _loader;
    private readonly GrainsInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly ILogger<ModelHost> _logger;
    private readonly SemaphoreSlim _applying = new(1, 1);
    private readonly LoadFailures _failures;
    private volatile LoadedModel[] _loaded = [];
    private volatile LoadedModel? _active;
    private volatile string? _assigned;
    private volatile IReadOnlyList<string> _held = [];

    public ModelHost(ModelLoader loader, GrainsInstruments instruments, TimeProvider time, ILogger<ModelHost> logger)
    {
        _loader = loader;
        _instruments = instruments;
        _time = time;
        _logger = logger;
        _failures = new(time);
        ScorerInstruments.Observe(instruments.Meter, () => _loaded);
    }

    /// <summary>True if the cluster has an active version, so that no ranking is by popularity.</summary>
    public bool HasActive => _active is not null || _assigned is not null;

    /// <summary>The active version where this silo could not load it; null where it could, and before the first version is active.</summary>
    public string? Missing => _assigned is { } version && !Holds(version) ? version : null;

    /// <summary>The reason why the last try to load a version failed; null where none has failed since it was loaded.</summary>
    public string? WhyNotLoaded(string version) => _failures.Refused.GetValueOrDefault(version) ?? _failures.Failing.GetValueOrDefault(version);

    /// <summary>Leases the active version for a ranking. Null before the first version is active.</summary>
    /// <exception cref="ModelVersionNotLoadedException">A version is active, but this silo could not load it.</exception>
    public ModelLease? LeaseActive()
    {
        // A swap between the read and the lease may have released the version that was read. Then the new one can be leased.
        while (_active is { } active)
        {
            if (active.TryLease() is { } lease)
            {
                return lease;
            }
        }

        return _assigned is null ? null : throw new ModelVersionNotLoadedException($"This silo could not load the active version {_assigned} yet.");
    }

    /// <summary>Leases a version by its name. Null where this silo does not hold it.</summary>
    public ModelLease? Lease(string version)
    {
        LoadedModel? model = Array.Find(_loaded, m => m.Version == version);
        return model?.TryLease();
    }

    /// <summary>Names the versions that experiments need besides those of the assignment. The next <see cref="ApplyAsync"/> loads them and releases others.</summary>
    public void Hold(IReadOnlyList<string> versions) => _held = versions;

    /// <summary>True if this silo holds a version.</summary>
    public bool Holds(string version) => Array.Exists(_loaded, m => m.Version == version);

    /// <summary>Reports what this silo holds.</summary>
    /// <param name="silo">The silo's address.</param>
    public SiloModels Report(string silo)
    {
        LoadedModel[] loaded = _loaded;
        LoadedModel? active = _active;

        // A ranking that began with the version before may still need it on another silo, so this silo has moved only when its last such ranking has
        // ended. A target that rankings of other silos use here already was never active on this silo.
        LoadedModel? before = Array.Find(loaded, m => m != active && m.WasActive && !m.IsIdle && !_held.Contains(m.Version));
        return new(silo, (before ?? active)?.Version, [.. loaded.Select(m => m.Version)], _failures.Refused)
        {
            Failing = _failures.Failing,
            Scorers = loaded.Where(m => m.Chosen is not null).ToDictionary(m => m.Version, m => new ModelScorer(m.Chosen!.Scorer.Kernel, m.Chosen.Reason)),
        };
    }

    /// <summary>Loads the versions of the assignment, swaps the active version, and releases all others.</summary>
    public async Task ApplyAsync(ModelAssignment assignment, CancellationToken cancellationToken)
    {
        await _applying.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await LoadAsync(assignment.Active, isActive: true, cancellationToken).ConfigureAwait(false);
            await LoadAsync(assignment.Target, isActive: false, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<string> held = _held;
            foreach (string version in held)
            {
                await LoadAsync(version, isActive: false, cancellationToken).ConfigureAwait(false);
            }

            Swap(assignment.Active);
            LetGo([assignment.Active, assignment.Target, assignment.Retiring, .. held]);
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

        long start = _time.GetTimestamp();
        try
        {
            LoadedModel model = await _loader.LoadAsync(version, cancellationToken).ConfigureAwait(false);
            _loaded = [.. _loaded, model];
            _failures.Remove(version);
            TimeSpan elapsed = _time.GetElapsedTime(start);
            _instruments.ModelLoaded(elapsed);
            LogLoaded(version, elapsed.TotalMilliseconds);
            Announce(version, model.Chosen);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever fails is a fault of the version. The silo goes on with what it has.
            _instruments.ModelNotLoaded();
            LogNotLoaded(e, version);
            _failures.Add(version, e);
        }
    }

    private void Announce(string version, ChosenScorer? chosen)
    {
        if (chosen is null)
        {
            return;
        }

        if (chosen.IsFallback)
        {
            LogNotFused(version, chosen.Scorer.Kernel, chosen.Reason);
        }
        else
        {
            LogScorer(version, chosen.Scorer.Kernel, chosen.Reason);
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
