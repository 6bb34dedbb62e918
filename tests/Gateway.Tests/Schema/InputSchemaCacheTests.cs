using DinOrleans.Contracts.Schema;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Schema;
using DinOrleans.Gateway.Settings;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.TestMachine;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Gateway.Tests.Schema;

[Collection(GatewayCollection.Name)]
public sealed class InputSchemaCacheTests(GatewayFixture gateway) : IDisposable
{
    private static readonly InputSchema Wider = ShopScript.Schema with { EventTypes = ["click", "impression", "like"] };
    private readonly FakeTimeProvider _time = new(ShopScript.Noon);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetAsync_WithinItsAge_AsksOnce()
    {
        InputSchemaCache cache = Cache();
        int asked = 0;
        gateway.Script.AnswerSchema = () =>
        {
            asked++;
            return ShopScript.Schema;
        };
        await cache.GetAsync(Cancellation);
        _time.Advance(TimeSpan.FromSeconds(9));
        await cache.GetAsync(Cancellation);
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task GetAsync_PastItsAge_TakesOverWhatChanged()
    {
        InputSchemaCache cache = Cache();
        await cache.GetAsync(Cancellation);
        gateway.Script.AnswerSchema = () => Wider;
        _time.Advance(TimeSpan.FromSeconds(10));
        await Eventually.BecomesAsync(
            "the cache has what changed",
            async () => (await cache.GetAsync(Cancellation)).EventTypes,
            types => types.SequenceEqual(Wider.EventTypes),
            cancellationToken: Cancellation);
    }

    [Fact]
    public async Task GetAsync_ClusterFailsLater_KeepsTheLastAnswer()
    {
        InputSchemaCache cache = Cache();
        await cache.GetAsync(Cancellation);
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Script.AnswerSchema = () =>
        {
            failed.TrySetResult();
            throw new TimeoutException();
        };
        _time.Advance(TimeSpan.FromSeconds(10));
        await cache.GetAsync(Cancellation);
        await failed.Task.WaitAsync(Eventually.Timeout, Cancellation);
        Assert.Equal(ShopScript.Schema.EventTypes, (await cache.GetAsync(Cancellation)).EventTypes);
    }

    [Fact]
    public async Task GetAsync_ClusterFailsAtFirst_FailsAndAsksAgain()
    {
        InputSchemaCache cache = Cache();
        gateway.Script.AnswerSchema = () => throw new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(() => cache.GetAsync(Cancellation).AsTask());
        gateway.Script.AnswerSchema = () => ShopScript.Schema;
        Assert.Equal(ShopScript.Schema.EventTypes, (await cache.GetAsync(Cancellation)).EventTypes);
    }

    public void Dispose() => gateway.Script.AnswerSchema = () => ShopScript.Schema;

    private InputSchemaCache Cache() => new(gateway.Grains, gateway.Service<ClusterCalls>(), Options.Create(new GatewayOptions()), _time, NullLogger<InputSchemaCache>.Instance);
}
