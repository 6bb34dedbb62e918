using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Model.Artifacts;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Storage.Registry;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Models;

/// <inheritdoc cref="IModelRegistryGrain"/>
public sealed partial class ModelRegistryGrain(
    IRegistryStore store,
    IArtifactStore artifacts,
    ISiloStatusOracle silos,
    TimeProvider time,
    ILogger<ModelRegistryGrain> logger) : Grain, IModelRegistryGrain
{
    private readonly Dictionary<string, SiloModelReport> _reports = [];
    private RegistryState _state = new([], null);
    private string? _target;
    private string? _retiring;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _state = await store.ReadAsync(cancellationToken);

        // A publish that was cut short is taken up again: the newest version that was neither activated nor refused.
        ModelVersionInfo? newest = _state.Versions.Count > 0 ? _state.Versions[0] : null;
        if (_state.Active is null && newest is { RefusedBecause: null })
        {
            _target = newest.Version;
        }
    }

    /// <inheritdoc/>
    public Task<ModelRegistry> GetAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new ModelRegistry(Assignment, _state.Versions, [.. _reports.Values.OrderBy(r => r.Silo, StringComparer.Ordinal)]));

    /// <inheritdoc/>
    public async Task PublishAsync(string version, CancellationToken cancellationToken)
    {
        ModelVersionInfo info = await Task.Run(() => Describe(version), cancellationToken);
        await store.PutVersionAsync(info, cancellationToken);
        _state = await store.ReadAsync(cancellationToken);
        SetTarget(version);
    }

    /// <inheritdoc/>
    public async Task ActivateAsync(string version, CancellationToken cancellationToken)
    {
        ModelVersionInfo known = _state.Versions.FirstOrDefault(v => v.Version == version)
            ?? throw new InvalidInputException([new("version", $"must be a published version; \"{version}\" is not")]);
        await PutAsync(known with { RefusedBecause = null }, cancellationToken);
        SetTarget(version);
    }

    /// <inheritdoc/>
    public async Task<ModelAssignment> ReportAsync(SiloModelReport report, CancellationToken cancellationToken)
    {
        _reports[report.Silo] = report;
        HashSet<string> alive = [.. silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(s => s.ToParsableString()), report.Silo];
        foreach (string gone in _reports.Keys.Except(alive).ToArray())
        {
            _reports.Remove(gone);
        }

        await AdvanceAsync(alive, cancellationToken);
        return Assignment;
    }

    private ModelAssignment Assignment => new(_state.Active, _target, _retiring);

    private void SetTarget(string version)
    {
        _target = version == _state.Active ? null : version;
        LogTarget(version);
    }

    private async Task AdvanceAsync(HashSet<string> alive, CancellationToken cancellationToken)
    {
        if (_target is { } target)
        {
            if (_reports.Values.FirstOrDefault(r => r.Refused.ContainsKey(target)) is { } refusal)
            {
                await RefuseAsync(target, refusal, cancellationToken);
            }
            else if (_retiring is null && alive.All(s => _reports.TryGetValue(s, out SiloModelReport? r) && r.Loaded.Contains(target)))
            {
                await store.SetActiveAsync(target, cancellationToken);
                _retiring = _state.Active;
                _state = _state with { Active = target };
                _target = null;
                LogActivated(target, alive.Count);
            }
        }

        if (_retiring is not null && alive.All(s => _reports.TryGetValue(s, out SiloModelReport? r) && r.Serving == _state.Active))
        {
            _retiring = null;
        }
    }

    private async Task RefuseAsync(string target, SiloModelReport refusal, CancellationToken cancellationToken)
    {
        string reason = $"{refusal.Silo}: {refusal.Refused[target]}";
        LogRefused(target, reason);
        _target = null;
        if (_state.Versions.FirstOrDefault(v => v.Version == target) is { } known)
        {
            await PutAsync(known with { RefusedBecause = reason }, cancellationToken);
        }
    }

    private async Task PutAsync(ModelVersionInfo version, CancellationToken cancellationToken)
    {
        await store.PutVersionAsync(version, cancellationToken);
        _state = await store.ReadAsync(cancellationToken);
    }

    private ModelVersionInfo Describe(string version)
    {
        try
        {
            using Artifact artifact = Artifact.Open(artifacts.Open(version));
            return new ModelVersionInfo
            {
                Version = version,
                Kind = artifact.Manifest.Kind,
                PublishedAt = time.GetUtcNow(),
                Metrics = artifact.Manifest.Metrics,
                ScoresAreProbabilities = artifact.Manifest.ScoresAreProbabilities,
            };
        }
        catch (Exception e) when (e is ArtifactException or DirectoryNotFoundException or ArgumentException)
        {
            throw new InvalidInputException([new("version", e.Message)]);
        }
    }
}
