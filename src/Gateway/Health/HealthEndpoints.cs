using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Models;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Health;

/// <summary><c>/health/live</c> and <c>/health/ready</c>.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", LiveAsync).Produces<HealthResponse>().WithSummary("The process runs.");
        routes.MapGet("/health/ready", ReadyAsync).Produces<HealthResponse>()
            .WithSummary("Rankings can be answered, by a model or by popularity.");
    }

    private static Task LiveAsync(HttpContext context, TimeProvider time) =>
        RequestBody.WriteAsync(context, new HealthResponse("live", null), WireJson.Default.HealthResponse);

    /// <summary>Asks what a ranking needs; a cluster that does not answer within two seconds is not ready.</summary>
    private static async Task ReadyAsync(HttpContext context, IGrainFactory grains)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        try
        {
            await grains.GetGrain<IItemCatalogueGrain>(0).GetSchemaAsync(patience.Token).WaitAsync(patience.Token).ConfigureAwait(false);
            ModelRegistry registry = await grains.GetGrain<IModelRegistryGrain>(0).GetAsync(patience.Token).WaitAsync(patience.Token).ConfigureAwait(false);
            var ready = new HealthResponse("ready", registry.Assignment.Active is null ? "popularity" : "model");
            await RequestBody.WriteAsync(context, ready, WireJson.Default.HealthResponse).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new TimeoutException("The cluster did not answer.", e);
        }
    }
}
