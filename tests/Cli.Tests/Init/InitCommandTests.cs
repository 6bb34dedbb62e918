using DinOrleans.Datasets;
using DinOrleans.TestMachine;

namespace DinOrleans.Cli.Tests.Init;

public sealed class InitCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Init_Files_SaysWhatItGuessedAndWritesADataset()
    {
        _folder.Write("clicks.csv", "user_id,item_id,time\nu,a,2026-01-01T00:00:00Z\nv,,2026-01-02T00:00:00Z\n");

        Ended end = await RunAsync("init", "clicks.csv", "--out", "shop");

        Assert.Equal((0, ""), (end.Code, end.Errors));
        Assert.Equal(
            [
                "clicks.csv: fields are separated by \",\", the encoding is utf-8, and the first row has the column names (--delimiter, --encoding, --columns).",
                "Time: column time, whose values have the format Rfc3339, in the first rows from 2026-01-01T00:00:00Z to 2026-01-02T00:00:00Z (--timestamp-column, --timestamp-format).",
                "User: column user_id, by its name, with values such as \"u\", \"v\" (--user-column).",
                "Item: column item_id, by its name, with values such as \"a\" (--item-column).",
                "Event types: no column has them, so each row is a click, which is predicted (--positive NAME, --type-column, --rating-column).",
                "shop: 1 events of 1 users from 2026-01-01T00:00:00Z to 2026-01-01T00:00:00Z; 1 items; 0 profiles.",
                "Left out: 1 row without item_id.",
                "shop has schema.json, and import.json with the options above. Serve it: dotnet run -c Release --project src/Standalone -- --dataset shop",
            ],
            end.Output.TrimEnd().Split('\n'));
        Assert.Equal("click", Assert.Single(DatasetFolder.Open(_folder["shop"]).Schema.Tasks).Name);
    }

    [Fact]
    public async Task Init_FolderThatIsNotEmpty_NeedsForce()
    {
        _folder.Write("clicks.csv", "user_id,item_id,time\nu,a,2026-01-01T00:00:00Z\n");
        string shop = DatasetFiles.Write(_folder);
        string schema = await File.ReadAllTextAsync(Path.Combine(shop, "schema.json"), TestContext.Current.CancellationToken);

        Ended refused = await RunAsync("init", "clicks.csv", "--out", "shop");
        Assert.Equal((1, "", "error: shop is not empty; --force replaces the dataset in it\n"), (refused.Code, refused.Output, refused.Errors));
        Assert.Equal(0, (await RunAsync("init", "clicks.csv", "--out", "shop", "--dry-run")).Code);
        Assert.Equal(schema, await File.ReadAllTextAsync(Path.Combine(shop, "schema.json"), TestContext.Current.CancellationToken));

        Assert.Equal(0, (await RunAsync("init", "clicks.csv", "--out", "shop", "--force")).Code);
        Assert.Equal("u", DatasetFolder.Open(shop).ReadEvents().Single().UserId);
    }

    [Fact]
    public async Task ImportPlan_EditedPlan_ReplacesTheDataset()
    {
        _folder.Write("clicks.csv", "user_id,item_id,time,place\nu,a,2026-01-01 10:00,x\nv,b,2026-01-01 10:00,y\n");
        Ended made = await RunAsync("init", "clicks.csv", "--out", "shop", "--context", "place");
        Assert.True(made.Code == 0, made.Errors);
        string plan = Path.Combine(_folder["shop"], "import.json");
        string json = await File.ReadAllTextAsync(plan, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(plan, json.Replace("\"click\"", "\"visit\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Ended end = await RunAsync("import", "plan", "shop/import.json");

        Assert.True(end.Code == 0, end.Errors);
        DatasetFolder dataset = DatasetFolder.Open(_folder["shop"]);
        Assert.Equal(["visit", "visit"], dataset.ReadEvents().Select(e => e.Type));
        Assert.Equal("place", Assert.Single(dataset.Schema.ContextFeatures).Name);
    }

    private Task<Ended> RunAsync(params string[] arguments) => CliProcess.RunAsync(_folder.Path, arguments);
}
