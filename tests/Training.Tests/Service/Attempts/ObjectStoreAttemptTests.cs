using DinOrleans.Contracts.Trainings;
using DinOrleans.Model.Artifacts;
using DinOrleans.TestMachine.ObjectStores;

[assembly: AssemblyFixture(typeof(ObjectStoreServers))]

namespace DinOrleans.Training.Tests.Service.Attempts;

/// <summary>Trainings that publish into a bucket.</summary>
[Trait("Category", "ObjectStore")]
public sealed class ObjectStoreAttemptTests(ObjectStoreServers servers) : IDisposable
{
    private readonly AttemptShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task RunAsync_IntoABucket_PublishesAndTheNextTrainingStartsFromIt()
    {
        await KeepVersionsInABucketAsync();
        await _shop.PutAsync(users: 40, day: 0);
        await _shop.RunAsync();
        await _shop.RunAsync();

        string[] published = [.. _shop.Cluster.Published];
        Assert.Equal(published.OrderDescending(StringComparer.Ordinal), await _shop.Artifacts.ListAsync(Cancellation));
        using Artifact second = Artifact.Open(await _shop.Artifacts.OpenAsync(published[1], Cancellation));
        Assert.Equal(published[0], second.Manifest.StartedFrom);
        Assert.False(Directory.Exists(_shop.FolderOf(published[0])));
    }

    [Fact]
    public async Task RunAsync_AVersionThatFailsAGate_LeavesTheBucket()
    {
        await KeepVersionsInABucketAsync();
        await _shop.PutAsync(users: 40, day: 0);
        _shop.Cluster.Check = new(TimeSpan.FromSeconds(1), 0.5, 1e-4, null);
        await _shop.RunAsync();
        Assert.Equal(TrainingState.Rejected, _shop.Cluster.Reports[^1].State);
        Assert.Empty(await _shop.Artifacts.ListAsync(Cancellation));
    }

    private async Task KeepVersionsInABucketAsync()
    {
        string bucket = await servers.S3.CreateBucketAsync(Cancellation);
        foreach ((string name, string? value) in servers.S3.Settings(bucket))
        {
            _shop.Settings[name] = value;
        }
    }
}
