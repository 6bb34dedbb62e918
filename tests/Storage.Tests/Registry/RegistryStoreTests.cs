using DinOrleans.Contracts.Models;
using DinOrleans.Storage.Registry;

namespace DinOrleans.Storage.Tests.Registry;

/// <summary>What every registry store promises.</summary>
public abstract class RegistryStoreTests : StoreTests
{
    private IRegistryStore Registry => Store<IRegistryStore>();

    [Fact]
    public async Task ReadAsync_BeforeAnything_IsEmpty()
    {
        RegistryState state = await Registry.ReadAsync(Cancellation);
        Assert.Empty(state.Versions);
        Assert.Null(state.Active);
    }

    [Fact]
    public async Task PutVersionAsync_SeveralThenOneAgain_AreNewestFirstAndReplaced()
    {
        await Registry.PutVersionAsync(Version("b", 1), Cancellation);
        await Registry.PutVersionAsync(Version("a", 2), Cancellation);
        await Registry.PutVersionAsync(Version("b", 1) with { RefusedBecause = "scorer.onnx: is damaged" }, Cancellation);
        RegistryState state = await Registry.ReadAsync(Cancellation);
        Assert.Equal([("a", null), ("b", "scorer.onnx: is damaged")], state.Versions.Select(v => (v.Version, v.RefusedBecause)));
    }

    [Fact]
    public async Task ReadAsync_AfterARestart_GivesBackWhatWasPut()
    {
        ModelVersionInfo put = Version("v1", 1);
        await Registry.PutVersionAsync(put, Cancellation);
        await Registry.SetActiveAsync("v0", Cancellation);
        await Registry.SetActiveAsync("v1", Cancellation);
        await RestartAsync();
        RegistryState state = await Registry.ReadAsync(Cancellation);
        Assert.Equal("v1", state.Active);
        ModelVersionInfo read = Assert.Single(state.Versions);
        Assert.Equal(put with { Metrics = read.Metrics }, read);
        Assert.Equal(put.Metrics, read.Metrics);
    }

    private static ModelVersionInfo Version(string version, int day) => new()
    {
        Version = version,
        Kind = "din",
        PublishedAt = DateTimeOffset.UnixEpoch.AddDays(day).AddTicks(1),
        Metrics = new Dictionary<string, double> { ["auc"] = 0.1 + 0.2 },
    };
}
