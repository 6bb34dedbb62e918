using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Models;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Health;

/// <summary>Whether a ranking can be answered now, by a model or by popularity.</summary>
internal sealed partial class Readiness(IGrainFactory grains, IOptions<GatewayOptions> options, TimeProvider time, ILogger<Readiness> logger)
{
    private readonly ILogger _logger = logger;
    private volatile Answer? _last;

    /// <summary>What would answer, "model" or "popularity"; null where neither can, and why.</summary>
    public async ValueTask<(string? Source, string? Reason)> GetAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last && time.GetElapsedTime(last.At) < options.Value.ReadinessMaxAge)
        {
            return (last.Source, last.Reason);
        }

        (string? source, string? reason) = await AskAsync(cancellationToken);
        _last = new(source, reason, time.GetTimestamp());
        return (source, reason);
    }

    private async Task<(string? Source, string? Reason)> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            Task<InputSchema> schema = grains.GetGrain<IItemCatalogueGrain>(0).GetSchemaAsync(cancellationToken);
            Task<ModelRegistry> registry = grains.GetGrain<IModelRegistryGrain>(0).GetAsync(cancellationToken);
            await Task.WhenAll(schema, registry).WaitAsync(options.Value.ReadinessTimeout, time, cancellationToken);
            ModelRegistry models = await registry;
            return models.Assignment.Active is not { } active ? ("popularity", null)
                : models.Silos.Any(silo => silo.Serving is not null) ? ("model", null)
                : (null, $"No silo serves the active model version {active} yet.");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotReady(e.Message);
            return (null, "The cluster does not answer.");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not ready: {Reason}")]
    private partial void LogNotReady(string reason);

    private sealed record Answer(string? Source, string? Reason, long At);
}
