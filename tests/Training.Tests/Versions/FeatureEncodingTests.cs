using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;
using DinOrleans.TestLog;
using DinOrleans.TestMachine;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples.Splits;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Tests.Versions;

public sealed class FeatureEncodingTests : IDisposable
{
    private static readonly FeatureSchema Schema = LogOf.Schema() with
    {
        ItemFeatures = [new("item_id", 4), new("category", 2)],
        UserFeatures = [new("age_band", 2)],
        ContextFeatures = [new("device", 2)],
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(4, "c1", "item feature \"item_id\" would have no known value: the most frequent of its 3 values occurs in 3 training events, and minimumCount is 4. Lower minimumCount to 3 or less, or learn from more events.")]
    [InlineData(2, "", "item feature \"category\" would have no known value: it is empty for all 3 items, and minimumCount is 2. Give a value of it to items that events name, or take the feature out of the schema.")]
    [InlineData(1, "unsold", "item feature \"category\" would have no known value: the most frequent of its 1 values occurs in 0 training events, and minimumCount is 1. Give a value of it to items that events name, or take the feature out of the schema.")]
    public void Learn_ItemFeatureThatWouldKnowNothing_IsRefusedWithTheCure(int minimumCount, string category, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidContentException>(() => Learn(Log(category), minimumCount)).Message);

    [Fact]
    public async Task RunAsync_UsersWithoutProfilesAndEventsWithoutContext_Trains()
    {
        var options = new VersionOptions
        {
            Model = "base",
            ModelOptions = """{ "topUnits": [4], "activation": "relu" }""",
            Samples = new() { ValidationShare = 0 },
            Trainer = new() { Epochs = 1, Threads = 1 },
        };

        TrainedVersion trained = await VersionTrainer.TrainAsync(
            Log("c1"), options, _folder.Path, TimeProvider.System, progress: null, TestContext.Current.CancellationToken);

        using Artifact version = Artifact.Open(trained.Folder);
        Assert.Equal(["a", "b"], version.Vocabularies["item.item_id"].Values);
        Assert.Empty(version.Vocabularies["user.age_band"].Values);
        Assert.Empty(version.Vocabularies["context.device"].Values);
    }

    [Theory]
    [InlineData(0, 8, "minimumCount must be 1 to 1,000,000,000")]
    [InlineData(2, 0, "outOfVocabularyRows must be 1 to 1,000,000")]
    public async Task RunAsync_VocabularyOptionOutOfRange_NamesIt(int minimumCount, int outOfVocabularyRows, string rule)
    {
        var options = new VersionOptions { MinimumCount = minimumCount, OutOfVocabularyRows = outOfVocabularyRows };

        var e = await Assert.ThrowsAsync<InvalidContentException>(() => VersionTrainer.TrainAsync(
            Log("c1"), options, _folder.Path, TimeProvider.System, progress: null, TestContext.Current.CancellationToken));

        Assert.Contains(rule, e.Message, StringComparison.Ordinal);
    }

    private static FeatureEncoding Learn(TrainingLog log, int minimumCount) =>
        FeatureEncoding.Learn(log, SampleSet.Build(log, new() { ValidationShare = 0 }).Counts, minimumCount, 8);

    /// <summary>Item a in three events, b in two, c in none; the category is that of c where it is "unsold", else of a and b.</summary>
    private static TrainingLog Log(string category) => LogOf.Data(
        Schema,
        from id in (string[])["a", "b", "c"]
        select new Item(id, new Dictionary<string, string> { ["category"] = (id == "c") == (category == "unsold") ? category : "" }),
        [],
        ((string[])["u a", "u b", "u a", "v a", "v b"]).Select((line, i) => new BehaviourEvent
        {
            EventId = $"e{i}",
            UserId = line[..1],
            ItemId = line[2..],
            Type = "click",
            Timestamp = LogOf.Start.AddMinutes(i),
        }));
}
