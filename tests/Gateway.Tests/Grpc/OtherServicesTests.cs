using DinOrleans.Gateway.Tests.Hosting;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;

namespace DinOrleans.Gateway.Tests.Grpc;

/// <summary>The services of health and reflection, which tools ask.</summary>
[Collection(GatewayCollection.Name)]
public sealed class OtherServicesTests(GatewayFixture gateway)
{
    private static CallOptions Options => new(cancellationToken: TestContext.Current.CancellationToken);

    [Fact]
    public async Task Health_WhateverIsAsked_SaysWhatTheProbeSays()
    {
        await using RpcGateway rpc = await RpcGateway.StartAsync(gateway, ("Auth:Mode", "Keys"), ("Gateway:ReadinessMaxAge", "00:00:00"));
        var health = new global::Grpc.Health.V1.Health.HealthClient(rpc.Client.Channel);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await health.CheckAsync(new(), Options)).Status);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await health.CheckAsync(new() { Service = "dinorleans.v1.Recommender" }, Options)).Status);
        RpcException unknown = await Assert.ThrowsAsync<RpcException>(() => health.CheckAsync(new() { Service = "other" }, Options).ResponseAsync);
        Assert.Equal(StatusCode.NotFound, unknown.StatusCode);
        Func<Contracts.Models.ModelRegistry> answer = gateway.Script.AnswerRegistry;
        gateway.Script.AnswerRegistry = () => throw new InvalidOperationException("away");
        try
        {
            Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, (await health.CheckAsync(new(), Options)).Status);
        }
        finally
        {
            gateway.Script.AnswerRegistry = answer;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reflection_WhereItIsOn_TellsTheService(bool isOn)
    {
        await using RpcGateway rpc = await RpcGateway.StartAsync(gateway, ("Auth:Mode", "Keys"), ("Grpc:Reflection", isOn ? "true" : "false"));
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call = new ServerReflection.ServerReflectionClient(rpc.Client.Channel).ServerReflectionInfo(Options);
        if (!isOn)
        {
            Assert.Equal(StatusCode.Unimplemented, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Options.CancellationToken))).StatusCode);
            return;
        }

        await call.RequestStream.WriteAsync(new() { ListServices = "" }, Options.CancellationToken);
        Assert.True(await call.ResponseStream.MoveNext(Options.CancellationToken));
        Assert.Contains("dinorleans.v1.Recommender", call.ResponseStream.Current.ListServicesResponse.Service.Select(s => s.Name));
        await call.RequestStream.WriteAsync(new() { FileContainingSymbol = "dinorleans.v1.Recommender" }, Options.CancellationToken);
        Assert.True(await call.ResponseStream.MoveNext(Options.CancellationToken));
        Assert.NotEmpty(call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto);
        await call.RequestStream.CompleteAsync();
    }
}
