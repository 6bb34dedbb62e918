using DinOrleans.Contracts;
using DinOrleans.Gateway.Problems;
using DinOrleans.Gateway.Settings;
using DinOrleans.Gateway.Traffic;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Grpc.Errors;

/// <summary>Turns the exceptions of a call into what its caller is told.</summary>
internal sealed class RpcErrors(IOptions<GatewayOptions> options, ProblemLog log, TrafficMeter traffic)
{
    /// <summary>Makes the exception that ends a call, and logs and counts it.</summary>
    /// <param name="exception">What the call failed with.</param>
    /// <param name="call">The call.</param>
    /// <param name="message">The type of the call's messages, by which fields are named.</param>
    public RpcException Of(Exception exception, ServerCallContext call, MessageDescriptor message) =>
        Of(exception, call, field => ProtoPath.Of(message, field), done: null, note: "");

    /// <summary>Makes the exception that ends a stream of batches, and logs and counts it.</summary>
    /// <param name="exception">What the call failed with.</param>
    /// <param name="call">The call.</param>
    /// <param name="message">The type of the call's messages, by which fields are named.</param>
    /// <param name="index">The index of the batch that failed.</param>
    /// <param name="done">What was done with the batches before it.</param>
    public RpcException Of(Exception exception, ServerCallContext call, MessageDescriptor message, long index, IMessage done) =>
        Of(exception, call, field => field == "$" ? $"requests[{index}]" : $"requests[{index}].{ProtoPath.Of(message, field)}", done, index > 0 ? " The batches before it are on disk." : "");

    private RpcException Of(Exception exception, ServerCallContext call, Func<string, string> fields, IMessage? done, string note)
    {
        HttpContext http = call.GetHttpContext();
        if (call.CancellationToken.IsCancellationRequested && exception is OperationCanceledException && !http.RequestAborted.IsCancellationRequested)
        {
            exception = new DeadlineExceededException("The deadline passed.");
        }

        if (LeavingCaller.IsMeantBy(http, exception))
        {
            // Nobody reads an answer.
            RpcTelemetry.Tell(http, StatusCode.Cancelled);
            return new RpcException(new Status(StatusCode.Cancelled, "The caller has left."));
        }

        (Problem problem, StatusCode code) = exception is RpcException own ? OfFraming(own) : OfMethod(exception, http);
        problem.Detail += note;
        traffic.Failed(problem.Status!.Value);
        RpcTelemetry.Tell(http, code);
        return RpcStatus.Of(problem, code, options.Value.RetryAfter, fields, done).ToException();
    }

    private (Problem Problem, StatusCode Code) OfMethod(Exception exception, HttpContext http)
    {
        Problem problem = exception.ToProblem();
        log.Write(http, problem, exception);
        return (problem, RpcCode.Of(problem));
    }

    /// <summary>A message was not framed or compressed as gRPC says, or is too large. The server of gRPC has found the status.</summary>
    private static (Problem Problem, StatusCode Code) OfFraming(RpcException exception) =>
        (new Problem(StatusCodes.Status400BadRequest, exception.Status.Detail), exception.StatusCode);
}
