using DinOrleans.Contracts.Models;
using DinOrleans.Model.Artifacts;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Models;

/// <summary>The versions that this silo holds: the active one, the target on its way and the one before.</summary>
public sealed partial class ModelHost(ModelLoader loader, GrainsInstruments instruments, TimeProvider time, ILogger<ModelHost> logger) : IDisposable
{
    private readonly SemaphoreSlim _applying = new(1, 1);
    private readonly Dictionary<string, string> _refused = [];
    private volatile LoadedModel[] _loaded = [];
    private volatile LoadedModel? _active;

    /// <summary>Whether rankings have a model version to use.</summary>
    public bool HasActive => _active is not null;

    /// <summary>Leases the active version for a ranking; null before any is active.</summary>
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

        return null;
    }

    /// <summary>Leases a version by name; null where this silo does not hold it.</summary>
    public ModelLease? Lease(string version)
    {
        LoadedModel? model = Array.Find(_loaded, m => m.Version == version);
        return model?.TryLease();
    }

    /// <summary>What this silo holds now.</summary>
    /// <param name="silo">The silo's address.</param>
    public SiloModelReport Report(string silo)
    {
        LoadedModel[] loaded = _loaded;
        LoadedModel? active = _active;

        // A ranking begun with the version before still needs it elsewhere: the silo has moved when the last has ended.
        LoadedModel? before = Array.Find(loaded, m => m != active && !m.IsIdle);
        lock (_refused)
        {
            return new(silo, (before ?? active)?.Version, [.. loaded.Select(m => m.Version)], new Dictionary<string, string>(_refused));
        }
    }

    /// <summary>Loads what the assignment names, swaps the active version, and lets go of the rest.</summary>
    public async Task ApplyAsync(ModelAssignment assignment, CancellationToken cancellationToken)
    {
        await _applying.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await LoadAsync(assignment.Active, cancellationToken).ConfigureAwait(false);
            await LoadAsync(assignment.Target, cancellationToken).ConfigureAwait(false);
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

    private async Task LoadAsync(string? version, CancellationToken cancellationToken)
    {
        if (version is null || Array.Exists(_loaded, m => m.Version == version) || IsRefused(version))
        {
            return;
        }

        long start = time.GetTimestamp();
        try
        {
            LoadedModel model = await Task.Run(() => loader.Load(version), cancellationToken).ConfigureAwait(false);
            _loaded = [.. _loaded, model];
            TimeSpan elapsed = time.GetElapsedTime(start);
            instruments.ModelLoaded(elapsed);
            LogLoaded(version, elapsed.TotalMilliseconds);
        }
        catch (Exception e) when (e is ArtifactException or IOException or InvalidDataException or InvalidOperationException)
        {
            LogRefused(e, version);
            lock (_refused)
            {
                _refused[version] = e.Message;
            }
        }
    }

    private bool IsRefused(string version)
    {
        lock (_refused)
        {
            return _refused.ContainsKey(version);
        }
    }

    private void Swap(string? version)
    {
        LoadedModel? next = Array.Find(_loaded, m => m.Version == version);
        if (next is not null && next != _active)
        {
            LogSwapped(version!, _active?.Version);
            _active = next;
        }
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

        // A version that is tried again later, after its artifact was mended, gets a fresh judgement.
        lock (_refused)
        {
            foreach (string version in _refused.Keys.Where(v => !keep.Contains(v)).ToArray())
            {
                _refused.Remove(version);
            }
        }
    }
}
