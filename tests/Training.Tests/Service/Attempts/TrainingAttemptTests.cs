using DinOrleans.Contracts.Trainings;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Service.Attempts;

namespace DinOrleans.Training.Tests.Service.Attempts;

/// <summary>A training from the log of a store to the registry, with everything real but the cluster.</summary>
public sealed class TrainingAttemptTests : IDisposable
{
    private const string ItemKey = "item.item_id";

    private readonly AttemptShop _shop = new();

    private FakeCluster Cluster => _shop.Cluster;

    [Fact]
    public async Task RunAsync_FromAStoresLog_PublishesAndTellsEachStep()
    {
        await _shop.PutAsync(users: 40, day: 0);
        await _shop.RunAsync();

        string version = Assert.Single(Cluster.Published);
        Assert.Equal([version], await _shop.Artifacts.ListAsync(TestContext.Current.CancellationToken));
        TrainingReport[] told = [.. Cluster.Reports];
        Assert.Equal([TrainingState.Running, TrainingState.Gating, TrainingState.Published], told.Select(r => r.State).Distinct());
        Assert.Equal([1, 2], told.Last(r => r.Curve is not null).Curve!.Select(p => p.Epoch));
        GateResult[] gates = [.. told.Last(r => r.Gates is not null).Gates!];
        Assert.Equal(["gauc", "logLoss", "calibration", "storedSample", "loadTime"], gates.Select(g => g.Name));
        Assert.Equal("no champion", gates[0].Note);
        Assert.Equal((version, _shop.Time.GetUtcNow()), (told[^1].Version, told[^1].DataUntil));
    }

    [Fact]
    public async Task RunAsync_ASecondTraining_StartsFromTheActiveVersionAndIsComparedWithIt()
    {
        await _shop.PutAsync(users: 40, day: 0);
        await _shop.RunAsync();
        await _shop.RunAsync();
        Assert.Equal(Cluster.Published[0], Cluster.Reports[^1].StartedFrom);
        using Artifact second = Artifact.Open(_shop.FolderOf(Cluster.Published[1]));
        Assert.Equal(Cluster.Published[0], second.Manifest.StartedFrom);
        GateResult gauc = Cluster.Reports.Last(r => r.Gates is not null).Gates![0];
        Assert.True(gauc is { Champion: > 0, Value: > 0, Limit: not null }, $"{gauc}");
    }

    [Fact]
    public async Task RunAsync_AVersionThatFailsAGate_IsRejectedWithTheReasonAndLeavesTheStore()
    {
        await _shop.PutAsync(users: 40, day: 0);
        Cluster.Check = new(TimeSpan.FromSeconds(1), 0.5, 1e-4, null);
        await _shop.RunAsync();
        Assert.Empty(Cluster.Published);
        Assert.Empty(await _shop.Artifacts.ListAsync(TestContext.Current.CancellationToken));
        TrainingReport last = Cluster.Reports[^1];
        Assert.Equal(TrainingState.Rejected, last.State);
        Assert.Equal("storedSample is 0.5, and the limit is 0.0001.", last.Error);
    }

    [Fact]
    public async Task RunAsync_TrainingThatIsAnothersByNow_StopsAndPublishesNothing()
    {
        await _shop.PutAsync(users: 40, day: 0);
        Cluster.IsOurs = false;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(_shop.RunAsync);
        Assert.Empty(Cluster.Published);
        Assert.Empty(await _shop.Artifacts.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task RunAsync_AfterAnAttemptThatHadTrained_TakesItsVersion()
    {
        await _shop.PutAsync(users: 40, day: 0);
        TrainingInfo training = _shop.Next();
        Cluster.Check = new(TimeSpan.Zero, null, 0, null);
        WorkFolder folder = _shop.Folders.Of(training.Id);
        await _shop.RunAsync(training);
        string trained = Path.GetFileName(folder.TrainedVersion()!);
        Cluster.Check = new(TimeSpan.FromSeconds(1), 1e-6, 1e-4, null);
        await _shop.RunAsync(training with { Attempt = 2 });
        Assert.Equal([trained], Cluster.Published);
    }

    [Fact]
    public async Task RunAsync_WithWarmStarts_ForgetsWhatTheLogNoLongerHasAtTheNextFreshStart()
    {
        _shop.Settings["Training:MaxAge"] = "10.00:00:00";
        _shop.Settings["Training:FreshEvery"] = "1";
        await _shop.PutAsync(users: 40, day: 25, "gone");
        await _shop.RunAsync();
        _shop.Time.Advance(TimeSpan.FromDays(20));
        await _shop.PutAsync(users: 40, day: 45);
        await _shop.RunAsync(new TrainingPast(true, null, null, SinceFresh: 0));
        await _shop.RunAsync(new TrainingPast(true, null, null, SinceFresh: 1));
        Assert.Equal([true, true, false], Cluster.Published.Select(KnowsGone));
        Assert.Equal([null, Cluster.Published[0], null], Cluster.Published.Select(v => ArtifactManifest.Read(_shop.FolderOf(v)).StartedFrom));
    }

    [Fact]
    public async Task RunAsync_WhereFreshWeightsAreAskedFor_StartsFromNone()
    {
        await _shop.PutAsync(users: 40, day: 0);
        await _shop.RunAsync();
        await _shop.RunAsync(_shop.Next() with { FreshWeights = true });
        Assert.Null(ArtifactManifest.Read(_shop.FolderOf(Cluster.Published[1])).StartedFrom);
    }

    [Fact]
    public async Task RunAsync_ActiveVersionThatIsGone_StartsFromFreshWeightsAndIsNotCompared()
    {
        await _shop.PutAsync(users: 40, day: 0);
        Cluster.Active = "gone";
        await _shop.RunAsync();
        Assert.Null(ArtifactManifest.Read(_shop.FolderOf(Assert.Single(Cluster.Published))).StartedFrom);
        Assert.Equal("no champion", Cluster.Reports.Last(r => r.Gates is not null).Gates![0].Note);
    }

    [Fact]
    public async Task RunAsync_ActiveVersionOfAnotherModel_StartsFromFreshWeightsAndIsComparedAllTheSame()
    {
        await _shop.PutAsync(users: 40, day: 0);
        await _shop.RunAsync();
        _shop.Restart();
        _shop.Settings["Training:Options"] = AttemptShop.SmallModel.Replace("\"topUnits\":[4]", "\"topUnits\":[6]", StringComparison.Ordinal);
        await _shop.RunAsync();
        Assert.NotNull(Cluster.Reports.Last(r => r.Gates is not null).Gates![0].Champion);
        Assert.Null(ArtifactManifest.Read(_shop.FolderOf(Cluster.Published[1])).StartedFrom);
    }

    [Fact]
    public async Task RunAsync_TooLittleData_SaysWhatIsMissing()
    {
        InvalidContentException refused = await Assert.ThrowsAsync<InvalidContentException>(_shop.RunAsync);
        Assert.Contains("nothing to learn from", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Cluster.Published);
    }

    public void Dispose() => _shop.Dispose();

    private bool KnowsGone(string version)
    {
        using Artifact artifact = Artifact.Open(_shop.FolderOf(version));
        return artifact.Vocabularies[ItemKey].Values.Contains("gone");
    }
}
