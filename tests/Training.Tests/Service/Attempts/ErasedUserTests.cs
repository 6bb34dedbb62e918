using System.Text;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Artifacts;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Impressions;
using DinOrleans.TestLog;

namespace DinOrleans.Training.Tests.Service.Attempts;

/// <summary>A training after an erasure learns nothing of the user: neither of the profile nor of events nor of logged rankings.</summary>
public sealed class ErasedUserTests : IDisposable
{
    private const string Erased = "erased";
    private const string Kept = "kept";

    /// <summary>The values that only one user has: of the profile, the item of a click, and the item and the context of a logged ranking.</summary>
    private static readonly string[] Traces = ["-city", "-clicked", "-device", "-shown"];

    private readonly AttemptShop _shop = new()
    {
        Schema = LogOf.Schema() with { UserFeatures = [new("city", 4)], ContextFeatures = [new("device", 4)] },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_AfterAnErasure_LearnsNothingOfTheUserAndAllOfTheOthers()
    {
        _shop.Settings["Training:WarmStart"] = "false";
        await _shop.PutAsync(users: 40, day: 0);
        await PutUserAsync(Erased);
        await PutUserAsync(Kept);
        await _shop.RunAsync();
        Assert.Equal(Traces.Select(t => Erased + t).Order(), Known(Erased));
        Assert.Equal(Traces.Select(t => Kept + t).Order(), Known(Kept));
        long before = Manifest().Data.Events;

        await EraseAsync();
        await _shop.RunAsync();
        Assert.Empty(Known(Erased));
        Assert.Equal(Traces.Select(t => Kept + t).Order(), Known(Kept));
        Assert.Equal(before - 2, Manifest().Data.Events);
        Assert.DoesNotContain(Directory.GetFiles(Folder, "*", SearchOption.AllDirectories), f => File.ReadAllBytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Erased)) >= 0);
    }

    public void Dispose() => _shop.Dispose();

    private string Folder => _shop.FolderOf(_shop.Cluster.Published[^1]);

    private ArtifactManifest Manifest() => ArtifactManifest.Read(Folder);

    /// <summary>The values of the newest version's vocabularies that a user has brought, in order.</summary>
    private string[] Known(string user)
    {
        using Artifact artifact = Artifact.Open(Folder);
        return [.. artifact.Vocabularies.Values.SelectMany(v => v.Values).Where(v => v.StartsWith(user, StringComparison.Ordinal)).Order()];
    }

    /// <summary>A user with a profile, a click, and a logged ranking.</summary>
    private async Task PutUserAsync(string user)
    {
        DateTimeOffset moment = LogOf.Start.AddHours(1);
        await _shop.Store<IProfileStore>().PutAsync([new(user, new UserProfile(Value("city", user + "-city")))], Cancellation);
        await _shop.Store<IBehaviourLog>().AppendAsync(
            [new BehaviourEvent { EventId = user, UserId = user, ItemId = user + "-clicked", Type = "click", Timestamp = moment }], Cancellation);
        await _shop.Store<IImpressionLog>().AppendAsync(
            [new LoggedRanking { RankingId = user, UserId = user, Timestamp = moment.AddHours(1), Items = [new(user + "-shown", 0.5f)], Context = Value("device", user + "-device") }],
            Cancellation);
    }

    /// <summary>Erases the user as the user's grain does.</summary>
    private async Task EraseAsync()
    {
        await _shop.Store<IBehaviourLog>().EraseUserAsync(Erased, Cancellation);
        await _shop.Store<IImpressionLog>().EraseUserAsync(Erased, Cancellation);
        await _shop.Store<IProfileStore>().DeleteAsync(Erased, Cancellation);
    }

    private static Dictionary<string, string> Value(string name, string value) => new() { [name] = value };
}
