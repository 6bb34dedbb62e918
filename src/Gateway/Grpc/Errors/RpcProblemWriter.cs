using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Problems;
using DinOrleans.Gateway.Settings;
using DinOrleans.Gateway.Traffic;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Grpc.Errors;

/// <summary>Answers the callers of gRPC whose call did not reach its method, for example because of its key.</summary>
internal sealed class RpcProblemWriter(IOptions<GatewayOptions> options, TrafficMeter traffic) : IProblemDetailsWriter
{
    /// <inheritdoc/>
    public bool CanWrite(ProblemDetailsContext context) => RpcRequest.IsOne(context.HttpContext.Request);

    /// <inheritdoc/>
    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        HttpContext http = context.HttpContext;
        Problem problem = context.ProblemDetails as Problem ?? http.ToProblem();
        var status = RpcStatus.Of(problem, RpcCode.Of(problem), options.Value.RetryAfter, field => field);
        traffic.Failed(problem.Status!.Value);
        RpcTelemetry.Tell(http, status.Code);

        // An answer without a body has its status among the headers. The status of HTTP is that of the transport.
        HttpResponse response = http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = RpcRequest.MediaType;
        response.Headers.Remove("Connection");
        response.Headers["grpc-status"] = ((int)status.Code).ToString(System.Globalization.CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(status.Message);
        response.Headers[RpcStatus.DetailsTrailer] = Convert.ToBase64String(status.Details);
        if (status.RetryAfter is { } wait)
        {
            response.Headers[RpcStatus.PushbackTrailer] = RpcStatus.Milliseconds(wait);
        }

        return ValueTask.CompletedTask;
    }
}
