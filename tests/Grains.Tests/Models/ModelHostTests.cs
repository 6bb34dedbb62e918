using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Grains.Scoring;

namespace DinOrleans.Grains.Tests.Models;

public sealed class ModelHostTests : IDisposable
{
    private readonly SiloVersions _silo = new();

    [Fact]
    public async Task ApplyAsync_ActiveVersionThatCannotBeReadOnce_IsLoadedAtALaterTry()
    {
        string version = _silo.Write();
        using (Hold(version))
        {
            await _silo.ApplyAsync(version);
            SiloModels failing = _silo.Host.Report("s");
            Assert.Equal(version, Assert.Single(failing.Failing).Key);
            Assert.Empty(failing.Refused);
            Assert.Throws<ModelVersionNotLoadedException>(() => _silo.Host.LeaseActive());
            Assert.Equal(version, _silo.Host.Missing);
        }

        await _silo.ApplyAsync(version);
        Assert.False(_silo.Host.Holds(version));
        _silo.Time.Advance(TimeSpan.FromSeconds(1));
        await _silo.ApplyAsync(version);
        Assert.Equal(version, _silo.Host.Report("s").Serving);
        Assert.Empty(_silo.Host.Report("s").Failing);
        Assert.Null(_silo.Host.Missing);
    }

    [Fact]
    public async Task ApplyAsync_ActiveVersionThatIsMended_IsLoaded()
    {
        string version = _silo.Write();
        byte[] good = await File.ReadAllBytesAsync(_silo.PathOf(version, "sample.json"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_silo.PathOf(version, "sample.json"), "{}", TestContext.Current.CancellationToken);
        await _silo.ApplyAsync(version);
        Assert.Contains("sample.json", _silo.Host.Report("s").Refused[version]);
        await File.WriteAllBytesAsync(_silo.PathOf(version, "sample.json"), good, TestContext.Current.CancellationToken);
        _silo.Time.Advance(TimeSpan.FromMinutes(1));
        await _silo.ApplyAsync(version);
        Assert.Equal(version, _silo.Host.Report("s").Serving);
    }

    [Fact]
    public async Task ApplyAsync_VersionThatIsNotThereYet_IsTriedAgain()
    {
        await _silo.ApplyAsync(active: null, target: "v1");
        Assert.Contains("v1", _silo.Host.Report("s").Failing["v1"]);
    }

    [Fact]
    public async Task LeaseActive_NothingIsActive_IsNull()
    {
        string version = _silo.Write();
        await _silo.ApplyAsync(active: null, target: version);
        Assert.Null(_silo.Host.LeaseActive());
        Assert.False(_silo.Host.HasActive);
        Assert.Null(_silo.Host.Missing);
        Assert.Equal([version], _silo.Host.Report("s").Loaded);
    }

    [Fact]
    public async Task Report_TargetThatAnotherSiloAlreadyScoresWith_IsNotWhatThisSiloServes()
    {
        string first = _silo.Write(seed: 1), second = _silo.Write(seed: 2);
        await _silo.ApplyAsync(first, target: second);
        using ModelLease remote = _silo.Host.Lease(second)!;
        Assert.Equal(first, _silo.Host.Report("s").Serving);
    }

    [Fact]
    public async Task Report_RankingUnderWayWithTheOneBefore_StillServesIt()
    {
        string first = _silo.Write(seed: 1), second = _silo.Write(seed: 2);
        await _silo.ApplyAsync(first, target: second);
        ModelLease ranking = _silo.Host.LeaseActive()!;
        await _silo.ApplyAsync(second, retiring: first);
        Assert.Equal(first, _silo.Host.Report("s").Serving);
        ranking.Dispose();
        Assert.Equal(second, _silo.Host.Report("s").Serving);
    }

    [Fact]
    public async Task ApplyAsync_Cancelled_IsNotARefusal()
    {
        string version = _silo.Write();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _silo.Host.ApplyAsync(new(version, null, null), cancelled.Token));
        Assert.Empty(_silo.Host.Report("s").Failing);
        Assert.Empty(_silo.Host.Report("s").Refused);
    }

    public void Dispose() => _silo.Dispose();

    /// <summary>Keeps a version from being read until the stream is closed.</summary>
    private FileStream Hold(string version) => new(_silo.PathOf(version, "scorer.onnx"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
}
