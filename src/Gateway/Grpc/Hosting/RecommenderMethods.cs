using DinOrleans.Contracts.Keys;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Grpc.Calls;
using DinOrleans.Gateway.Settings;
using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Grpc.Hosting;

/// <summary>The service <c>dinorleans.v1.Recommender</c>.</summary>
internal sealed class Recommender(RankCalls rankings, AppendCalls events)
{
    public RankCalls Rankings => rankings;

    public AppendCalls Events => events;
}

/// <summary>
/// Tells the server of gRPC the methods of the service. They are given messages as bytes, because what a caller may send is admitted before it is parsed:
/// parsed, it can take some tens of times as much memory.
/// </summary>
internal sealed class RecommenderMethods(IOptions<GatewayOptions> options) : IServiceMethodProvider<Recommender>
{
    private static readonly Marshaller<byte[]> Unparsed = Marshallers.Create<byte[]>((_, _) => throw new NotSupportedException(), context => context.PayloadAsNewBuffer());

    /// <summary>The description of the service.</summary>
    public static Google.Protobuf.Reflection.ServiceDescriptor Descriptor => V1.RecommenderReflection.Descriptor.Services[0];

    /// <inheritdoc/>
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<Recommender> context)
    {
        context.AddUnaryMethod(
            Method<V1.RankResponse>(MethodType.Unary, "Rank"),
            [Post, Access.Of(ApiScopes.Rank, takesUsers: true), new RpcInput(Work.Ranking, IsStream: false), new BodyLimit(options.Value.MaxBodyBytes)],
            (service, message, call) => service.Rankings.RankAsync(message, call));
        context.AddClientStreamingMethod(
            Method<V1.AppendResponse>(MethodType.ClientStreaming, "Append"),
            [Post, Access.Of(ApiScopes.Events, takesUsers: true), new RpcInput(Work.Write, IsStream: true)],
            (service, messages, call) => service.Events.AppendAsync(messages, call));
    }

    private static HttpMethodMetadata Post => new([HttpMethods.Post]);

    private static Method<byte[], TResponse> Method<TResponse>(MethodType type, string name)
        where TResponse : class, IMessage =>
        new(type, Descriptor.FullName, Descriptor.FindMethodByName(name).Name, Unparsed, Marshallers.Create<TResponse>(Write, _ => throw new NotSupportedException()));

    private static void Write<TResponse>(TResponse response, SerializationContext context)
        where TResponse : class, IMessage
    {
        context.SetPayloadLength(response.CalculateSize());
        response.WriteTo(context.GetBufferWriter());
        context.Complete();
    }
}
