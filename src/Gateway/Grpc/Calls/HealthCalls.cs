using DinOrleans.Gateway.Health;
using Grpc.Core;
using Grpc.Health.V1;

namespace DinOrleans.Gateway.Grpc.Calls;

/// <summary>The service <c>grpc.health.v1.Health</c>, which says what <c>/health/ready</c> says. <c>Watch</c> is not implemented.</summary>
/// <param name="readiness">Says whether rankings can be answered.</param>
/// <param name="service">The full name of the service that can be asked about, besides the server as a whole.</param>
internal sealed class HealthCalls(Readiness readiness, string service) : global::Grpc.Health.V1.Health.HealthBase
{
    /// <inheritdoc/>
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        if (request.Service.Length > 0 && request.Service != service)
        {
            throw new RpcException(new Status(StatusCode.NotFound, $"There is no such service here. There is {service}."));
        }

        (string? source, _, _) = await readiness.GetAsync(context.CancellationToken);
        return new HealthCheckResponse { Status = source is null ? HealthCheckResponse.Types.ServingStatus.NotServing : HealthCheckResponse.Types.ServingStatus.Serving };
    }
}
