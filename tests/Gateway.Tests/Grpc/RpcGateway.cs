using DinOrleans.Gateway.Tests.Auth;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.TestMachine;

namespace DinOrleans.Gateway.Tests.Grpc;

/// <summary>A gateway of its own that serves gRPC. Time stands still for it.</summary>
internal sealed class RpcGateway : IAsyncDisposable
{
    private RpcGateway(KeyedGateway gateway, string address)
    {
        Gateway = gateway;
        Address = address;
        Client = new RpcClient(address);
    }

    public KeyedGateway Gateway { get; }

    /// <summary>The address of gRPC.</summary>
    public string Address { get; }

    public RpcClient Client { get; }

    public static async Task<RpcGateway> StartAsync(GatewayFixture shared, params (string Key, string Value)[] settings)
    {
        string address = $"http://127.0.0.1:{FreePort.Take(1)[0]}";

        // Time stands still, so a call that is repeated later would wait for ever.
        KeyedGateway gateway = await KeyedGateway.StartAsync(
            shared, follows: true, [("Grpc:Enabled", "true"), ("Grpc:Urls", address), ("Gateway:RepeatCallsFor", "00:00:00"), .. settings]);
        return new(gateway, address);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Gateway.DisposeAsync();
    }
}

/// <summary>One gateway that serves gRPC to anybody, for all tests that need no settings of their own.</summary>
public sealed class RpcFixture(GatewayFixture shared) : IAsyncLifetime
{
    internal RpcGateway Rpc { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Rpc = await RpcGateway.StartAsync(shared);

    public ValueTask DisposeAsync() => Rpc.DisposeAsync();
}
