using DinOrleans.Storage.Artifacts;
using DinOrleans.TestMachine.ObjectStores;

namespace DinOrleans.Storage.Tests.Artifacts.Objects;

public abstract partial class ObjectArtifactStoreTests
{
    [Fact]
    public async Task OpenAsync_ATransferThatIsCut_GoesOnFromWhereItWas()
    {
        string files = await ImportLargeAsync();
        await using var proxy = new FaultyProxy(Port);
        await using ArtifactProcess process = await OpenAsync(proxy.Port);
        proxy.Spoil(TransferFault.Cut, FarIn, times: 2);
        await IsReadAsync(process, files);
        Assert.Equal(2, proxy.Struck);

        // What had come before the cuts was not sent again. Buffers of the two ends take a part.
        Assert.InRange(proxy.AnswerBytes, LargeBytes, 2 * LargeBytes);
    }

    [Fact]
    public async Task OpenAsync_ATransferThatStandsStill_IsTriedAgain()
    {
        string files = await ImportLargeAsync();
        await using var proxy = new FaultyProxy(Port);
        await using ArtifactProcess process = await OpenAsync(proxy.Port, ("Timeout", "00:00:01"), ("Retries", "20"));
        proxy.Spoil(TransferFault.Stall, FarIn);
        await IsReadAsync(process, files);
        Assert.Equal(1, proxy.Struck);
    }

    [Fact]
    public async Task OpenAsync_ATransferWithAWrongBit_IsReadAgain()
    {
        string files = await ImportLargeAsync();
        await using var proxy = new FaultyProxy(Port);
        await using ArtifactProcess process = await OpenAsync(proxy.Port);
        proxy.Spoil(TransferFault.Corrupt, FarIn);
        await IsReadAsync(process, files);
        Assert.Contains(process.Logs.GetSnapshot(), l => l.Id.Id == 424 && l.Message.Contains("SHA-256", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OpenAsync_TransfersThatAreAlwaysCut_FailsAndLeavesNothing()
    {
        await ImportLargeAsync();
        await using var proxy = new FaultyProxy(Port);
        await using ArtifactProcess process = await OpenAsync(proxy.Port, ("Retries", "1"));
        using var failed = process.Measure<long>("dinorleans.artifact.download.failed");
        proxy.Spoil(TransferFault.Cut, 20_000, times: 1_000);
        ArtifactStoreException cut = await Assert.ThrowsAsync<ArtifactStoreException>(() => process.Store.OpenAsync("v1", Cancellation));
        Assert.True(cut.MayPass);
        Assert.Contains($"\"v1/{TestVersion.LargeFile}\"", cut.Message, StringComparison.Ordinal);
        Assert.Contains(NameOf(_bucket!), cut.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Cache(process)));
        Assert.Equal(1, failed.GetMeasurementSnapshot().Sum(m => m.Value));
    }

    [Fact]
    public async Task ImportAsync_ALargeFileInParts_IsReadBackAsItIs()
    {
        string trained = TestVersion.Write(_folder["trained"], "v1", bytes: 40_000_000);
        await using ArtifactProcess process = await OpenAsync();
        await process.Store.ImportAsync(trained, Cancellation);
        Assert.Equal(TestVersion.Read(trained), TestVersion.Read(await process.Store.OpenAsync("v1", Cancellation)));
    }

    [Fact]
    public async Task ImportAsync_ThatIsCutInTheMiddle_IsTriedAgain()
    {
        string trained = TestVersion.Write(_folder["trained"], "v1", bytes: LargeBytes);
        await using var proxy = new FaultyProxy(Port);
        await using ArtifactProcess process = await OpenAsync(proxy.Port);
        proxy.Spoil(TransferFault.Cut, FarIn, ofRequests: true);
        await process.Store.ImportAsync(trained, Cancellation);
        Assert.Equal(1, proxy.Struck);
        await using ArtifactProcess reader = await OpenAsync();
        Assert.Equal(TestVersion.Read(trained), TestVersion.Read(await reader.Store.OpenAsync("v1", Cancellation)));
    }

    [Fact]
    public async Task ImportAsync_ThatIsAlwaysCut_LeavesNoVersion()
    {
        string trained = TestVersion.Write(_folder["trained"], "v1", bytes: LargeBytes);
        await using var proxy = new FaultyProxy(Port);
        await using ArtifactProcess process = await OpenAsync(proxy.Port, ("Retries", "1"));
        proxy.Spoil(TransferFault.Cut, 100_000, times: 1_000, ofRequests: true);
        ArtifactStoreException cut = await Assert.ThrowsAsync<ArtifactStoreException>(() => process.Store.ImportAsync(trained, Cancellation));
        Assert.True(cut.MayPass);
        Assert.Contains(NameOf(_bucket!), cut.Message, StringComparison.Ordinal);
        await using ArtifactProcess reader = await OpenAsync();
        Assert.Empty(await reader.Store.ListAsync(Cancellation));
        await Assert.ThrowsAsync<VersionNotFoundException>(() => reader.Store.OpenAsync("v1", Cancellation));

        // The same version is taken when the network is well again.
        await reader.Store.ImportAsync(trained, Cancellation);
        Assert.Equal(TestVersion.Read(trained), TestVersion.Read(await reader.Store.OpenAsync("v1", Cancellation)));
    }
}
