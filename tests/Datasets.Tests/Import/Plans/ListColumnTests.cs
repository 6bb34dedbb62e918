using DinOrleans.Datasets.Import;
using DinOrleans.Datasets.Import.Plans;
using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests.Import.Plans;

/// <summary>A feature has one value. What becomes of columns of lists, and what the import says of it.</summary>
public sealed class ListColumnTests : IDisposable
{
    private const string Genres = "item_id,genres\na,Drama | War|Drama|Epic|Long\nb,\nc,['Indie'| 'Action']\nd,Indie\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Import_Lists_BecomeOneValueOfTheirFirstParts()
    {
        ImportResult result = Import(Genres, new());

        Assert.Equal(["Drama|War|Epic", null, "Indie|Action", "Indie"], Values("genres"));
        Assert.Equal(
            ["The lists of genres became one value each, of their first 3 parts (--split-list makes a feature per part). 1 of 3 lost further parts (--list-parts)."],
            result.Notes);
    }

    [Fact]
    public void Import_ListLongerThanAValueMayBe_LosesParts()
    {
        ImportResult result = Import($"item_id,genres\na,{new string('x', 150)}|{new string('y', 150)}\n", new());

        Assert.Equal([new string('x', 150)], Values("genres"));
        Assert.EndsWith("1 of 1 lost further parts (--list-parts).", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Import_SplitLists_BecomeAFeaturePerPart()
    {
        ImportResult result = Import(Genres, new() { SplitLists = ["genres"], ListParts = 2, Names = new Dictionary<string, string> { ["genres"] = "genre" } });

        Assert.Equal(["item_id", "genre_1", "genre_2"], DatasetFolder.Open(_folder["shop"]).Schema.ItemFeatures.Select(f => f.Name));
        Assert.Equal(["Drama", null, "Indie", "Indie"], Values("genre_1"));
        Assert.Equal(["War", null, "Action", null], Values("genre_2"));
        Assert.Equal(["The lists of genres became genre_1, genre_2. 1 of 3 lost further parts (--list-parts)."], result.Notes);
    }

    [Fact]
    public void Import_ListsThatLoseNothing_AreNotSaidToLoseParts() => Assert.Equal(
        ["The lists of genres became genres_1, genres_2, genres_3, genres_4."], Import(Genres, new() { SplitLists = ["genres"], ListParts = 4 }).Notes);

    [Fact]
    public void Import_ListsOfOnePart_AreValuesLikeOthers()
    {
        ImportResult result = Import("item_id,genres\na,Drama\nb,War\n", new());

        Assert.Equal(["Drama", "War"], Values("genres"));
        Assert.Empty(result.Notes);
    }

    [Fact]
    public void Import_SplitListsOfTheEvents_AreFeaturesOfTheMomentToo()
    {
        string events = _folder.Write("log.csv", "user_id,item_id,timestamp,pages\nu,a,2026-01-01T00:00:00Z,home;sale\n");
        ImportPlan plan = new() { ContextFeatures = ["pages"], Lists = new Dictionary<string, string> { ["pages"] = ";" }, SplitLists = ["pages"] };

        new PlanImporter(plan).Import(events, _folder["shop"], TestContext.Current.CancellationToken);

        Assert.Equal(
            new Dictionary<string, string> { ["pages_1"] = "home", ["pages_2"] = "sale" }, DatasetFolder.Open(_folder["shop"]).ReadEvents().Single().Context);
    }

    [Fact]
    public void Import_SplitListWhoseFeatureIsThereAlready_IsRefused() => Assert.Contains(
        "item feature \"genres_1\" must be named once",
        Assert.Throws<DatasetException>(() => Import("item_id,genres,genres_1\na,Drama|War,Epic\n", new() { SplitLists = ["genres"] })).Message,
        StringComparison.Ordinal);

    private IEnumerable<string?> Values(string feature) => DatasetFolder.Open(_folder["shop"]).ReadItems().Select(i => i.Features.GetValueOrDefault(feature));

    private ImportResult Import(string items, ImportPlan plan)
    {
        string events = _folder.Write("log.csv", "user_id,item_id,timestamp\n");
        ImportPlan full = plan with { Items = new() { Path = _folder.Write("items.csv", items) }, Lists = new Dictionary<string, string> { ["genres"] = "|" } };
        return new PlanImporter(full).Import(events, _folder["shop"], TestContext.Current.CancellationToken);
    }
}
