using System.Threading.RateLimiting;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Events;
using DinOrleans.Gateway.Grpc.Errors;
using DinOrleans.Gateway.Grpc.Messages;
using DinOrleans.Gateway.Problems;
using DinOrleans.Gateway.Settings;
using DinOrleans.Gateway.Telemetry;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Grpc.Calls;

/// <summary><c>Append</c>.</summary>
/// <remarks>
/// The next batch is read when the one before is on disk, so a caller that sends faster is slowed down and takes no more memory. A permit is taken for
/// each batch before it is parsed, so that a stream which waits holds none.
/// </remarks>
internal sealed class AppendCalls(
    EventAppender appender, RpcMessages messages, RpcErrors errors, StreamGate gate, WorkAdmission admission, IOptions<GatewayOptions> options, TimeProvider time,
    GatewayInstruments instruments)
{
    public async Task<V1.AppendResponse> AppendAsync(IAsyncStreamReader<byte[]> batches, ServerCallContext call)
    {
        HttpContext http = call.GetHttpContext();
        var done = new V1.AppendResponse();
        try
        {
            while (await NextAsync(batches, call))
            {
                // The request itself was admitted for its first batch.
                if (done.Requests > 0)
                {
                    await gate.AdmitAgainAsync(http, call.CancellationToken);
                }

                AppendResult result = await AppendAsync(batches.Current, http.Caller(), call.CancellationToken);
                done.Requests++;
                done.Accepted += result.Accepted;
                done.Duplicates += result.Duplicates;
                done.Erased += result.Erased;
            }

            RpcTelemetry.Tell(http, StatusCode.OK);
            return done;
        }
        catch (Exception e)
        {
            throw errors.Of(e, call, V1.AppendRequest.Descriptor, done.Requests, done);
        }
    }

    private async Task<AppendResult> AppendAsync(byte[] batch, Caller caller, CancellationToken cancellationToken)
    {
        using RateLimitLease permit = admission.Take(Work.Write, batch.Length);
        if (!permit.IsAcquired)
        {
            instruments.Refused(Work.Write);
            throw new OverloadedException("The gateway has as many bytes of writes in hand as it takes at a time.", TimeSpan.Zero);
        }

        V1.AppendRequest request = await messages.ParseAsync(batch, V1.AppendRequest.Parser, cancellationToken);
        return await appender.AppendAsync(caller, request.ToBehaviours(), EventMessages.TimestampRule, cancellationToken);
    }

    /// <returns>False at the end of the stream.</returns>
    private async Task<bool> NextAsync(IAsyncStreamReader<byte[]> batches, ServerCallContext call)
    {
        using var late = new CancellationTokenSource(options.Value.BodyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, late.Token);
        try
        {
            return await batches.MoveNext(either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !call.CancellationToken.IsCancellationRequested)
        {
            throw new BadHttpRequestException(
                $"The next message must arrive within {options.Value.BodyTimeout.TotalSeconds:0.###} seconds.", StatusCodes.Status408RequestTimeout);
        }
        catch (Exception e) when (e is InvalidDataException or IOException && !LeavingCaller.IsMeantBy(call.GetHttpContext(), e))
        {
            throw new InvalidInputException([new("$", "must be framed and compressed as gRPC says")]);
        }
    }
}
