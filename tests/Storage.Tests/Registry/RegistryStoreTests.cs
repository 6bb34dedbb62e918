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
        Assert.Equal(ModelActivation.None, state.Activation);
    }

    [Fact]
    public async Task TryWriteAsync_SeveralVersionsThenOneAgain_AreNewestFirstAndReplaced()
    {
        await PutAsync(Version("b", 1));
        await PutAsync(Version("a", 2));
        await PutAsync(Version("b", 1) with { RefusedBecause = "scorer.onnx: is damaged" });
        RegistryState state = await Registry.ReadAsync(Cancellation);
        Assert.Equal([("a", null), ("b", "scorer.onnx: is damaged")], state.Versions.Select(v => (v.Version, v.RefusedBecause)));
    }

    [Fact]
    public async Task TryWriteAsync_VersionsToForget_AreGone()
    {
        await PutAsync(Version("a", 1));
        await PutAsync(Version("b", 2));
        await PutAsync(Version("c", 3));
        RegistryState state = await Registry.ReadAsync(Cancellation);
        Assert.True(await Registry.TryWriteAsync(new(state.Revision, state.Activation) { Remove = ["a", "c", "never there"] }, Cancellation));
        Assert.Equal(["b"], (await Registry.ReadAsync(Cancellation)).Versions.Select(v => v.Version));
    }

    [Fact]
    public async Task ReadAsync_AfterARestart_GivesBackWhatWasWritten()
    {
        ModelVersionInfo put = Version("v1", 1);
        var activation = new ModelActivation
        {
            Active = "v1",
            Target = "v2",
            TargetSince = DateTimeOffset.UnixEpoch.AddDays(3).AddTicks(1),
            Retiring = "v0",
            Previous = "v0",
        };
        await PutAsync(put);
        RegistryState before = await Registry.ReadAsync(Cancellation);
        Assert.True(await Registry.TryWriteAsync(new(before.Revision, activation), Cancellation));
        await RestartAsync();
        RegistryState state = await Registry.ReadAsync(Cancellation);
        Assert.Equal(activation, state.Activation);
        Assert.Equal(before.Revision + 1, state.Revision);
        ModelVersionInfo read = Assert.Single(state.Versions);
        Assert.Equal(put with { Metrics = read.Metrics }, read);
        Assert.Equal(put.Metrics, read.Metrics);
    }

    [Fact]
    public async Task TryWriteAsync_DecidedOnAnOlderRevision_StoresNothing()
    {
        RegistryState seen = await Registry.ReadAsync(Cancellation);
        Assert.True(await Registry.TryWriteAsync(new(seen.Revision, new ModelActivation { Target = "a" }) { Put = Version("a", 1) }, Cancellation));
        var late = new RegistryChange(seen.Revision, new ModelActivation { Target = "b" }) { Put = Version("b", 2), Remove = ["a"] };
        Assert.False(await Registry.TryWriteAsync(late, Cancellation));
        RegistryState state = await Registry.ReadAsync(Cancellation);
        Assert.Equal("a", state.Activation.Target);
        Assert.Equal(["a"], state.Versions.Select(v => v.Version));
    }

    private async Task PutAsync(ModelVersionInfo version)
    {
        RegistryState state = await Registry.ReadAsync(Cancellation);
        Assert.True(await Registry.TryWriteAsync(new(state.Revision, state.Activation) { Put = version }, Cancellation));
    }

    private static ModelVersionInfo Version(string version, int day) => new()
    {
        Version = version,
        Kind = "din",
        PublishedAt = DateTimeOffset.UnixEpoch.AddDays(day).AddTicks(1),
        Metrics = new Dictionary<string, double> { ["auc"] = 0.1 + 0.2 },
    };
}
