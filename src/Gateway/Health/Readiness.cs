using DinOrleans.Contracts.Health;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Schema;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Settings;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Health;

/// <summary>Finds out whether the process can answer rankings now, by a model or by popularity, and whether it can take writes.</summary>
/// <param name="grains">The grains of the cluster, which are asked for its state.</param>
/// <param name="calls">Repeats calls that meet a silo which leaves.</param>
/// <param name="options">How long the cluster may take to answer, and how long an answer is used again.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The logger that is told why the process is not ready.</param>
/// <param name="silo">The silo of this process; null where the gateway is a process of its own.</param>
internal sealed partial class Readiness(
    IGrainFactory grains, ClusterCalls calls, IOptions<GatewayOptions> options, TimeProvider time, ILogger<Readiness> logger, ILocalSiloDetails? silo = null)
{
    private readonly ILogger _logger = logger;
    private volatile Answer? _last;

    /// <summary>
    /// Returns what would answer a ranking, "model" or "popularity", or null with the reason why neither can, and whether the store takes writes.
    /// </summary>
    public async ValueTask<(string? Source, string? Reason, bool Writes)> GetAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last && time.GetElapsedTime(last.At) < options.Value.ReadinessMaxAge)
        {
            return (last.Source, last.Reason, last.Writes);
        }

        Task<bool> writes = WritesAsync(cancellationToken);
        (string? source, string? reason) = await AskAsync(cancellationToken);
        _last = new(source, reason, await writes, time.GetTimestamp());
        return (source, reason, _last.Writes);
    }

    private async Task<bool> WritesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await calls.CallAsync(grains.GetGrain<IStoreHealthGrain>(0).CheckAsync, cancellationToken).WaitAsync(options.Value.ReadinessTimeout, time, cancellationToken);
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNoWrites(e.Message);
            return false;
        }
    }

    private async Task<(string? Source, string? Reason)> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            Task<InputSchema> schema = calls.CallAsync(grains.GetGrain<ISchemaGrain>(0).GetAsync, cancellationToken);
            Task<ModelRegistry> registry = calls.CallAsync(grains.GetGrain<IModelRegistryGrain>(0).GetAsync, cancellationToken);
            await Task.WhenAll(schema, registry).WaitAsync(options.Value.ReadinessTimeout, time, cancellationToken);
            return Judge(await registry);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotReady(e.Message);
            return (null, "The cluster does not answer.");
        }
    }

    private (string? Source, string? Reason) Judge(ModelRegistry models)
    {
        if (models.Assignment.Active is not { } active)
        {
            return ("popularity", null);
        }

        if (models.Silos.FirstOrDefault(r => r.Silo == silo?.SiloAddress.ToParsableString()) is { } own)
        {
            return own.Loaded.Contains(active) ? ("model", null) : (null, $"This silo could not load the active model version {active}.");
        }

        // A registry that has just moved to another silo has no reports for a moment, while rankings go on.
        return models.Silos.Count == 0 || models.Silos.Any(r => r.Loaded.Contains(active))
            ? ("model", null)
            : (null, $"No silo has loaded the active model version {active} yet.");
    }

    [LoggerMessage(EventId = 202, Level = LogLevel.Warning, Message = "Not ready: {Reason}")]
    private partial void LogNotReady(string reason);

    [LoggerMessage(EventId = 203, Level = LogLevel.Warning, Message = "The store does not take writes: {Reason}")]
    private partial void LogNoWrites(string reason);

    private sealed record Answer(string? Source, string? Reason, bool Writes, long At);
}
