using DinOrleans.Contracts.Users;
using DinOrleans.Datasets.Import;
using DinOrleans.TestMachine;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.Datasets.Tests.Import;

public sealed class AmazonBeautyImporterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_Sequences_GetTimesThatRiseTowardsACommonEnd()
    {
        _folder.Write("B_item2attributes.json", "{\"7\": [1, 2], \"8\": [3]}");

        ImportResult result = new AmazonBeautyImporter().Import(_folder.Write("B.txt", "1 7 8 9\n2 8\n"), _folder["shop"], TestContext.Current.CancellationToken);

        Assert.Equal(new Imported(Items: 3, Users: 0, Events: 4, LeftOut: 0), Imported.From(result));
        DatasetFolder dataset = DatasetFolder.Open(_folder["shop"]);
        Assert.Equal(["7 2", "8 3", "9 -"], dataset.ReadItems().Select(i => $"{i.ItemId} {i.Features.GetValueOrDefault("category", "-")}"));
        BehaviourEvent[] events = [.. dataset.ReadEvents()];
        Assert.Equal(["1 7 21", "1 8 22", "1 9 23", "2 8 23"], events.Select(e => $"{e.UserId} {e.ItemId} {e.Timestamp.Day}"));
    }

    [Theory]
    [InlineData("1 7\n2\n", "{}", "B.txt line 2: must be a user and at least one item")]
    [InlineData("1 7\n1 8\n", "{}", "B.txt line 2: user 1 must have one line")]
    [InlineData("1 7\n", "[]", "B_item2attributes.json line 1, byte 2: must be a JSON object that maps item ids to lists of whole numbers")]
    public void Import_BadInput_IsNamedAndNothingIsLeft(string lines, string attributes, string message)
    {
        _folder.Write("B_item2attributes.json", attributes);

        var error = Assert.Throws<DatasetException>(
            () => new AmazonBeautyImporter().Import(_folder.Write("B.txt", lines), _folder["shop"], TestContext.Current.CancellationToken));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder["shop"]));
    }

    [Fact]
    [Trait("Category", "SharedData")]
    public async Task Import_RealData_LastItemsAreThePositivesOfTheTest()
    {
        string source = SharedData.Require("amazon-beauty/Beauty.txt");
        IReadOnlyList<RankingPair> pairs = PairsFile.Read(SharedData.Require("amazon-beauty/test.csv"));

        ImportResult result = new AmazonBeautyImporter().Import(source, _folder["shop"], TestContext.Current.CancellationToken);
        TrainingLog log = await TrainingLog.LoadAsync(DatasetFolder.Open(_folder["shop"]), TestContext.Current.CancellationToken);

        Assert.Equal(new Imported(Items: 12_101, Users: 0, Events: 198_502, LeftOut: 0), Imported.From(result));
        Assert.DoesNotContain(-1, log.Items.Categorical[1].Codes);
        SampleOptions options = new() { DropImmediateRepeats = true, HoldOut = HoldOut.LastItem };
        Assert.Equal(22_363, PairSamples.Build(log, pairs, options).Count);
        SampleSet set = SampleSet.Build(log, options);
        Assert.Equal(198_502 - (2 * 22_363), set.Training.Count + set.Validation.Count);
    }
}
