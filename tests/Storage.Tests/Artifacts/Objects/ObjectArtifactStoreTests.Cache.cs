using DinOrleans.TestMachine;
using DinOrleans.TestMachine.ObjectStores;

namespace DinOrleans.Storage.Tests.Artifacts.Objects;

public abstract partial class ObjectArtifactStoreTests
{
    [Fact]
    public async Task OpenAsync_ByManyAtOnce_DownloadsOnce()
    {
        string files = await ImportLargeAsync();
        await using ArtifactProcess process = await OpenAsync();
        using var downloads = process.Measure<double>("dinorleans.artifact.download.duration");
        using var bytes = process.Measure<long>("dinorleans.artifact.download.size");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => IsReadAsync(process, files)));
        await IsReadAsync(process, files);
        Assert.Single(downloads.GetMeasurementSnapshot());
        Assert.InRange(bytes.GetMeasurementSnapshot().Sum(m => m.Value), LargeBytes, LargeBytes + 10_000);
    }

    [Fact]
    public async Task OpenAsync_WhereOneOfTwoGivesUp_StillServesTheOther()
    {
        string files = await ImportLargeAsync();
        await using var proxy = new FaultyProxy(Port);
        await using ArtifactProcess process = await OpenAsync(proxy.Port, ("Timeout", "00:10:00"));
        proxy.Spoil(TransferFault.Stall, FarIn);
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<string> first = process.Store.OpenAsync("v1", impatient.Token);
        Task second = IsReadAsync(process, files);
        await Eventually.BecomesAsync("the transfer stands still", () => proxy.Struck, struck => struck == 1, cancellationToken: Cancellation);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await proxy.EndStallsAsync();
        await second;
    }

    [Fact]
    public async Task OpenAsync_WhereNobodyWaitsAnyMore_EndsTheDownloadAndLeavesNothing()
    {
        await ImportLargeAsync();
        await using var proxy = new FaultyProxy(Port);
        await using ArtifactProcess process = await OpenAsync(proxy.Port, ("Timeout", "00:10:00"));
        proxy.Spoil(TransferFault.Stall, FarIn);
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<string> download = process.Store.OpenAsync("v1", impatient.Token);
        await Eventually.BecomesAsync("the transfer stands still", () => proxy.Struck, struck => struck == 1, cancellationToken: Cancellation);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
        await Eventually.BecomesAsync("nothing is left", () => Directory.GetDirectories(Cache(process)), left => left.Length == 0, cancellationToken: Cancellation);
    }

    [Fact]
    public async Task OpenAsync_AfterTheStoreWentAway_ReadsWhatIsOnThisMachine()
    {
        string files = await ImportLargeAsync();
        string data = _folder["kept"];
        await using (ArtifactProcess before = new(data, Settings(_bucket!, Port)))
        {
            await IsReadAsync(before, files);
        }

        await using ArtifactProcess after = new(data, With(Settings(_bucket!, port: 1), ("Retries", "0")));
        await after.StartAsync(Cancellation);
        Assert.Contains(after.Logs.GetSnapshot(), l => l.Id.Id == 426);
        await IsReadAsync(after, files);
    }

    [Fact]
    public async Task OpenAsync_ACopyThatWasDamagedOnThisMachine_IsDownloadedAgain()
    {
        string files = await ImportLargeAsync();
        string data = _folder["kept"];
        string opened;
        await using (ArtifactProcess before = new(data, Settings(_bucket!, Port)))
        {
            opened = await before.Store.OpenAsync("v1", Cancellation);
        }

        await File.AppendAllTextAsync(Path.Combine(opened, "scorer.onnx"), "x", Cancellation);
        await using ArtifactProcess after = new(data, Settings(_bucket!, Port));
        await IsReadAsync(after, files);
        Assert.Contains(after.Logs.GetSnapshot(), l => l.Id.Id == 422 && l.Message.Contains("scorer.onnx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_AfterAProcessThatWasKilledWhileItDownloaded_RemovesTheHalf()
    {
        string data = _folder["kept"];
        Directory.CreateDirectory(Path.Combine(data, "version-cache", ".unfinished-1", "v1"));
        await File.WriteAllTextAsync(Path.Combine(data, "version-cache", ".unfinished-1", "v1", "scorer.onnx"), "half", Cancellation);
        await using ArtifactProcess process = new(data, Settings(await BucketAsync(), Port));
        await process.StartAsync(Cancellation);
        Assert.Empty(Directory.GetDirectories(Path.Combine(data, "version-cache")));
    }

    [Fact]
    public async Task Start_WithTheCacheOfAnotherProcess_IsRefusedAndNamesTheSetting()
    {
        string data = _folder["kept"];
        await using ArtifactProcess first = new(data, Settings(await BucketAsync(), Port));
        await first.StartAsync(Cancellation);
        await using ArtifactProcess second = new(data, Settings(await BucketAsync(), Port));
        IOException refused = await Assert.ThrowsAsync<IOException>(() => second.StartAsync(Cancellation));
        Assert.Contains("Artifacts:CacheFolder is \"", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_ANewVersion_RemovesWhatTheStoreHasNoMoreFromThisMachine()
    {
        await using ArtifactProcess process = await OpenAsync();
        await using ArtifactProcess other = await OpenAsync();
        foreach (string version in (string[])["v1", "v2", "v3"])
        {
            await other.Store.ImportAsync(TestVersion.Write(_folder["trained"], version), Cancellation);
        }

        await process.Store.OpenAsync("v1", Cancellation);
        await process.Store.OpenAsync("v2", Cancellation);
        await other.Store.RemoveAsync("v1", Cancellation);
        await process.Store.OpenAsync("v3", Cancellation);
        Assert.Equal(["v2", "v3"], Directory.GetDirectories(Cache(process)).Select(Path.GetFileName).Order());
    }
}
