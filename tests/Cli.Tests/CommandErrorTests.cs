using DinOrleans.TestMachine;

namespace DinOrleans.Cli.Tests;

/// <summary>Every command ends on what a person can mend with one line and exit code 1.</summary>
public sealed class CommandErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("error: Required command was not provided. --help lists what there is.", "")]
    [InlineData("--epochs must be a whole number, 1 to 1000", "train --dataset shop --out o --epochs two")]
    [InlineData("Unrecognized command or argument '--epoch'", "train --dataset shop --out o --epoch 2")]
    [InlineData("error: --options: there is no file none.json.", "train --dataset shop --out o --options @none.json")]
    [InlineData("error: options: must be valid JSON; line 1, byte 2: ", "train --dataset shop --out o --options {")]
    [InlineData("error: task weights: \"click=0=5\" must be a task and its weight", "train --dataset shop --out o --task-weights click=0=5")]
    [InlineData("error: There is no file nowhere/schema.json", "train --dataset nowhere --out o")]
    [InlineData("schema.json: tasks must be an array", "train --dataset broken --out o")]
    [InlineData("error: There is no file nowhere/schema.json", "compare --dataset nowhere")]
    [InlineData("error: There is no file nowhere.csv.", "import taobao nowhere.csv --out o")]
    [InlineData("is a folder, not a file", "import taobao shop --out o")]
    [InlineData("shop/items.csv: is a file, not a folder", "import taobao shop/events.csv --out shop/items.csv")]
    [InlineData("error: There is no folder nowhere", "import movielens nowhere --out o")]
    [InlineData("error: http://127.0.0.1:1 cannot be reached: ", "shoppers --url http://127.0.0.1:1")]
    [InlineData("error: http://127.0.0.1:1 cannot be reached: ", "keys list --url http://127.0.0.1:1 --key dok_x")]
    [InlineData("Unrecognized command or argument '--visit'", "shoppers --url http://127.0.0.1:1 --visit 2")]
    [InlineData("nowhere must be the folder of a sample shop, but has no sample-shop.json", "shoppers --url http://127.0.0.1:1 --shop nowhere")]
    [InlineData("error: shoppers: users must be 1 to 1,500, the shop's users; limit must be 1 to 5, the number of candidates.", "shoppers --url http://127.0.0.1:1 --users 2000 --candidates 5")]
    public async Task Run_WrongArgumentOrFile_EndsWithOneLineAndExitCodeOne(string message, string arguments)
    {
        string shop = DatasetFiles.Write(_folder);
        _folder.Write("broken/schema.json", """{ "itemFeatures": [ { "name": "item_id", "dimension": 4 } ], "tasks": 7, "behaviours": { "events": [ "click" ] } }""");

        Ended end = await CliProcess.RunAsync(_folder.Path, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(1, end.Code);
        Assert.Contains(message, end.Errors);
        Assert.StartsWith("error: ", end.Errors);
        Assert.Single(end.Errors.TrimEnd().Split('\n'));
        Assert.Equal("", end.Output);
        Assert.True(Directory.Exists(shop));
    }

    [Fact]
    public async Task Import_CutGzip_EndsWithOneLineAndExitCodeOne()
    {
        byte[] whole = GzipOf.Text(string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i},{i * 7919 % 1000},1,pv,1511544070\n")));
        await File.WriteAllBytesAsync(_folder["UserBehavior.csv.gz"], whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);

        Ended end = await CliProcess.RunAsync(_folder.Path, "import", "taobao", "UserBehavior.csv.gz", "--out", "shop");

        Assert.Equal((1, ""), (end.Code, end.Output));
        Assert.Matches($"^error: UserBehavior.csv.gz after line [0-9]+: the gzip data are cut short: the file ends after byte {whole.Length / 2}, in the middle of a member\n$", end.Errors);
        Assert.False(Directory.Exists(_folder["shop"]));
    }

    [Fact]
    public async Task Import_GoodFile_LastLinesSayWhatItHoldsAndWhatIsLeftOut()
    {
        _folder.Write("views.csv", "user_id;item_id;timestamp\nu;1;1767225600\nv;1;1767225660\n");
        _folder.Write("items.csv", "item_id;brand\n1.0;x\n");

        Ended end = await CliProcess.RunAsync(
            _folder.Path, "import", "csv", "views.csv", "--items", "items.csv", "--delimiter", ";", "--timestamp-format", "UnixSeconds", "--out", "shop");

        Assert.Equal((0, ""), (end.Code, end.Errors));
        Assert.Equal(
            "shop: 2 events of 2 users from 2026-01-01T00:00:00Z to 2026-01-01T00:01:00Z; 1 items, and 2 events on 1 items that are not among them, such as \"1\"; "
            + "0 profiles.\nLeft out: no rows.\n",
            end.Output);
    }
}
