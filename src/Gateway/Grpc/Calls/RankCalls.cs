using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Grpc.Errors;
using DinOrleans.Gateway.Grpc.Messages;
using DinOrleans.Gateway.Rank;
using Grpc.Core;

namespace DinOrleans.Gateway.Grpc.Calls;

/// <summary><c>Rank</c>.</summary>
internal sealed class RankCalls(Ranker ranker, RpcMessages messages, RpcErrors errors)
{
    public async Task<V1.RankResponse> RankAsync(byte[] message, ServerCallContext call)
    {
        try
        {
            HttpContext http = call.GetHttpContext();
            var deadline = new Deadline(TimeoutHeader.Read(http.Request.Headers));
            V1.RankRequest request = await messages.ParseAsync(message, V1.RankRequest.Parser, call.CancellationToken);
            Ranking ranking = await ranker.RankAsync(http, request.UserId, request.ToQuery(), deadline, call.CancellationToken);
            RpcTelemetry.Tell(http, StatusCode.OK);
            return ranking.ToMessage();
        }
        catch (Exception e)
        {
            throw errors.Of(e, call, V1.RankRequest.Descriptor);
        }
    }
}
