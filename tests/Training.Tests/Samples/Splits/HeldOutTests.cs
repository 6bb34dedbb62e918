using System.Globalization;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Schema;
using DinOrleans.TestLog;
using DinOrleans.TestMachine;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Tests.Samples.Splits;

/// <summary>What is held out to test on has no part in what is learned: without it in the file, training comes to the same version.</summary>
public sealed class HeldOutTests : IDisposable
{
    private const int Users = 40;
    private const int Items = 50;

    private static readonly FeatureSchema Schema = LogOf.Schema() with
    {
        ItemFeatures = [new("item_id", 4), new("category", 2)],
        UserFeatures = [new("segment", 2)],
        ContextFeatures = [new("device", 2)],
        NumericFeatures =
        [
            new("price", FeatureSource.Item, Normalisation.LogStandard),
            new("age", FeatureSource.User, Normalisation.Standard),
            new("hour", FeatureSource.Context, Normalisation.Standard),
        ],
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ValidationRows.Latest)]
    [InlineData(ValidationRows.LastOfUser)]
    public async Task RunAsync_LastItemsRemovedFromTheFile_GivesTheSameVersion(ValidationRows validation)
    {
        var random = new Random(5);
        List<BehaviourEvent> clicks = [.. Enumerable.Range(0, Users * 8).Select(i => Event(random, $"u{random.Next(Users)}", "click", i, null))];
        HashSet<BehaviourEvent> last = [.. clicks.GroupBy(e => e.UserId).Select(user => user.MaxBy(e => e.Timestamp)!)];

        // Items that only held-out events name, and users of whom nothing else is known.
        clicks = [.. clicks.Select(e => last.Remove(e) && e.UserId[^1] is '1' or '2' ? Also(last, e with { ItemId = "late-" + e.UserId }) : e)];
        last.UnionWith(clicks.GroupBy(e => e.UserId).Select(user => user.MaxBy(e => e.Timestamp)!));
        clicks.Add(Also(last, Event(random, "once", "click", 1, null) with { ItemId = "first-in-the-file" }));
        SampleOptions options = SampleProtocol.LastItem.Options(seed: 1) with { Validation = validation, ValidationShare = 0.2, DropImmediateRepeats = false };

        await AssertSameAsync(Shuffled(random, clicks), last, options, options with { HoldOut = HoldOut.None });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    public async Task RunAsync_TestedImpressionsRemovedFromTheFile_GivesTheSameVersion(int clicksBefore)
    {
        var random = new Random(6);
        const int rankings = 120;
        List<BehaviourEvent> events = [.. Enumerable.Range(0, clicksBefore).Select(i => Event(random, $"u{random.Next(Users)}", "click", i / 60.0, null))];
        HashSet<BehaviourEvent> tested = [];
        for (int r = 0; r < rankings; r++)
        {
            string user = $"u{random.Next(Users)}";
            BehaviourEvent[] shown = [.. Enumerable.Range(0, 4).Select(_ => Event(random, user, "impression", 10 + (2 * r), $"r{r}"))];
            BehaviourEvent click = shown[random.Next(4)] with { EventId = $"click{r}", Type = "click", Timestamp = shown[0].Timestamp.AddMinutes(1) };
            BehaviourEvent[] all = random.Next(3) > 0 ? [.. shown, click] : shown;
            events.AddRange(all);
            tested.UnionWith(r >= rankings * 0.75 ? all : []);
        }

        SampleOptions options = SampleProtocol.Live.Options(seed: 1) with { TestShare = 0.25, ValidationShare = 0.2 };

        await AssertSameAsync(Shuffled(random, events), tested, options, options with { TestShare = 0 });
    }

    private static BehaviourEvent Also(HashSet<BehaviourEvent> set, BehaviourEvent e)
    {
        set.Add(e);
        return e;
    }

    private static BehaviourEvent Event(Random random, string user, string type, double minute, string? ranking) => new()
    {
        EventId = Guid.NewGuid().ToString("N"),
        UserId = user,
        ItemId = $"i{random.Next(Items)}",
        Type = type,
        Timestamp = LogOf.Start.AddMinutes(minute),
        RankingId = ranking,
        Context = new Dictionary<string, string>
        {
            ["device"] = $"d{random.Next(4)}",
            ["hour"] = random.Next(24).ToString(CultureInfo.InvariantCulture),
        },
    };

    /// <summary>Rows of a file need no order.</summary>
    private static List<BehaviourEvent> Shuffled(Random random, List<BehaviourEvent> events) => [.. events.OrderBy(_ => random.Next())];

    private async Task AssertSameAsync(List<BehaviourEvent> events, HashSet<BehaviourEvent> heldOut, SampleOptions holds, SampleOptions holdsNothing)
    {
        Assert.NotEmpty(heldOut);
        Assert.Equal(heldOut.Count, events.Count(heldOut.Contains));
        ArtifactManifest with = await TrainAsync(events, holds);
        ArtifactManifest without = await TrainAsync([.. events.Where(e => !heldOut.Contains(e))], holdsNothing);

        Assert.NotEqual(with.Data.Digest, without.Data.Digest);
        Assert.Contains("gauc", with.Metrics.Keys);
        Assert.Equal(without.Metrics, with.Metrics);
        Assert.Equal(without.Scalers, with.Scalers);
        Assert.Equal(without.Vocabularies, with.Vocabularies);
        Assert.Equal(without.Files, with.Files);
    }

    private async Task<ArtifactManifest> TrainAsync(IReadOnlyList<BehaviourEvent> events, SampleOptions samples)
    {
        // Of the items some are in no catalogue, and of the users some have no profile.
        TrainingLog log = LogOf.Data(
            Schema,
            Enumerable.Range(0, Items).Where(i => i % 5 > 0).Select(i => new Item(
                $"i{i}", new Dictionary<string, string> { ["category"] = $"c{i % 7}", ["price"] = (1.5 + i).ToString(CultureInfo.InvariantCulture) })),
            Enumerable.Range(0, Users).Where(u => u % 4 > 0).Select(u => KeyValuePair.Create(
                $"u{u}", new UserProfile(new Dictionary<string, string> { ["segment"] = $"s{u % 3}", ["age"] = (20 + u).ToString(CultureInfo.InvariantCulture) }))),
            events);
        var options = new VersionOptions
        {
            Model = "base",
            ModelOptions = """{ "topUnits": [8] }""",
            Samples = samples,
            Trainer = new() { Epochs = 2, BatchSize = 16, Threads = 1, EmbeddingL2 = 1e-3, MiniBatchAware = true },
        };
        TrainedVersion version = await VersionTrainer.TrainAsync(
            log, options, _folder.Path, TimeProvider.System, progress: null, TestContext.Current.CancellationToken);
        using Artifact artifact = Artifact.Open(version.Folder);
        return artifact.Manifest;
    }
}
