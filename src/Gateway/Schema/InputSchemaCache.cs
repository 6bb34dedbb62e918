using DinOrleans.Contracts.Schema;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Settings;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Schema;

/// <summary>Caches the names that inputs are checked against, as the cluster last gave them.</summary>
/// <remarks>The old names are used while new ones are fetched, and for as long as the cluster does not answer.</remarks>
internal sealed partial class InputSchemaCache(
    IGrainFactory grains, ClusterCalls calls, IOptions<GatewayOptions> options, TimeProvider time, ILogger<InputSchemaCache> logger)
{
    private readonly ILogger _logger = logger;
    private volatile Answer? _last;
    private int _refreshing;

    public ValueTask<InputSchema> GetAsync(CancellationToken cancellationToken)
    {
        if (_last is not { } last)
        {
            return new(FetchAsync(cancellationToken));
        }

        if (time.GetElapsedTime(last.At) >= options.Value.SchemaMaxAge && Interlocked.CompareExchange(ref _refreshing, 1, 0) == 0)
        {
            _ = RefreshAsync(last);
        }

        return new(last.Schema);
    }

    private async Task RefreshAsync(Answer last)
    {
        try
        {
            await FetchAsync(CancellationToken.None);
        }
        catch (Exception e)
        {
            _last = last with { At = time.GetTimestamp() };
            LogKeepsOld(e);
        }
        finally
        {
            Volatile.Write(ref _refreshing, 0);
        }
    }

    private async Task<InputSchema> FetchAsync(CancellationToken cancellationToken)
    {
        InputSchema schema = await calls.CallAsync(grains.GetGrain<ISchemaGrain>(0).GetAsync, cancellationToken);
        _last = new(schema, time.GetTimestamp());
        return schema;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The input schema could not be refreshed. The last one stays in use")]
    private partial void LogKeepsOld(Exception exception);

    private sealed record Answer(InputSchema Schema, long At);
}
