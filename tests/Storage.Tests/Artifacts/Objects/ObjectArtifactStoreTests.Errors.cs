using DinOrleans.Storage.Artifacts;
using DinOrleans.TestMachine.ObjectStores;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Storage.Tests.Artifacts.Objects;

public abstract partial class ObjectArtifactStoreTests
{
    [Fact]
    public async Task Calls_WithABucketThatIsNotThere_SayWhatToDoAndEndTheStart()
    {
        await using ArtifactProcess process = new(_folder["nowhere"], Settings("nowhere", Port));
        ArtifactStoreException missing = await Assert.ThrowsAsync<ArtifactStoreException>(() => process.StartAsync(Cancellation));
        Assert.False(missing.MayPass);
        Assert.Contains(NameOf("nowhere"), missing.Message, StringComparison.Ordinal);
        Assert.Contains("create it, or correct Artifacts:Bucket", missing.Message, StringComparison.Ordinal);
        Assert.Equal(missing.Message, (await Assert.ThrowsAsync<ArtifactStoreException>(() => process.Store.OpenAsync("v1", Cancellation))).Message);
        Assert.Equal(missing.Message, (await Assert.ThrowsAsync<ArtifactStoreException>(
            () => process.Store.ImportAsync(TestVersion.Write(_folder["trained"], "v1"), Cancellation))).Message);
    }

    [Fact]
    public async Task Calls_WhereNothingListens_NameTheHostAndMayPass()
    {
        await using ArtifactProcess process = new(_folder["nowhere"], With(Settings("models", port: 1), ("Retries", "0")));
        ArtifactStoreException away = await Assert.ThrowsAsync<ArtifactStoreException>(() => process.Store.OpenAsync("v1", Cancellation));
        Assert.True(away.MayPass);
        Assert.Contains(" at 127.0.0.1 ", away.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be reached to read \"v1/manifest.json\"", away.Message, StringComparison.Ordinal);
        await process.StartAsync(Cancellation);
        Assert.Contains(process.Logs.GetSnapshot(), l => l.Id.Id == 426 && l.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task Calls_ThatFail_TellNoSecret()
    {
        await ImportLargeAsync();
        await using var proxy = new FaultyProxy(Port);
        await using ArtifactProcess cut = await OpenAsync(proxy.Port, ("Retries", "1"));
        await using ArtifactProcess away = new(_folder["away"], With(Settings("models", port: 1), ("Retries", "0")));
        await using ArtifactProcess missing = new(_folder["missing"], Settings("nowhere", Port));
        proxy.Spoil(TransferFault.Cut, 20_000, times: 1_000);
        List<string> said = [];
        foreach (ArtifactProcess process in (ArtifactProcess[])[cut, away, missing])
        {
            said.Add((await Record.ExceptionAsync(() => process.Store.OpenAsync("v1", Cancellation)))!.ToString());
            said.Add((await Record.ExceptionAsync(() => process.Store.ListAsync(Cancellation)))?.ToString() ?? "");
            said.AddRange(process.Logs.GetSnapshot().Select(l => l.Message + l.Exception));
        }

        Assert.NotEmpty(said);
        Assert.DoesNotContain(said, text => Secrets.Any(secret => text.Contains(secret, StringComparison.Ordinal)));
    }
}
