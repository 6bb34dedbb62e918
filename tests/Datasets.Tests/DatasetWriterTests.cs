using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests;

public sealed class DatasetWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static readonly BehaviourEvent Click = new()
    {
        EventId = "e,1",
        UserId = "u \"1\"",
        ItemId = "ä/1",
        Type = "click",
        Timestamp = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
        RankingId = "r1",
        Context = new Dictionary<string, string> { ["device"] = " ios" },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Commit_WhatWasWritten_ReadsBackAlike()
    {
        using (DatasetWriter writer = DatasetWriter.Create(_folder["shop"], DatasetFiles.Schema))
        {
            writer.Write(new Item("ä/1", new Dictionary<string, string> { ["category"] = "c,1\n", ["price"] = "2.5" }));
            writer.Write("u \"1\"", new UserProfile(new Dictionary<string, string> { ["age_band"] = "18-25" }));
            writer.Write(Click);
            writer.Commit();
        }

        DatasetFolder dataset = DatasetFolder.Open(_folder["shop"]);
        Item item = Assert.Single(dataset.ReadItems());
        Assert.Equal("ä/1", item.ItemId);
        Assert.Equal("c,1\n", item.Features["category"]);
        Assert.Equal("u \"1\"", Assert.Single(dataset.ReadUsers()).Key);
        BehaviourEvent read = Assert.Single(dataset.ReadEvents());
        Assert.Equivalent(Click, read, strict: true);
        Assert.Equal(["shop"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Dispose_WithoutCommit_LeavesWhatWasThere()
    {
        string shop = DatasetFiles.Write(_folder);
        using (DatasetWriter writer = DatasetWriter.Create(shop, DatasetFiles.Schema))
        {
            writer.Write(Click);
        }

        Assert.Equal(DatasetFiles.Events, File.ReadAllText(Path.Combine(shop, "events.csv")));
        Assert.Equal(["shop"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Commit_OverAnEarlierDataset_ReplacesIt()
    {
        string shop = DatasetFiles.Write(_folder);
        using (DatasetWriter writer = DatasetWriter.Create(shop + "/", DatasetFiles.Schema))
        {
            writer.Commit();
        }

        Assert.Empty(DatasetFolder.Open(shop).ReadEvents());
        Assert.False(File.Exists(Path.Combine(shop, "users.csv")));
        Assert.Equal(["shop"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("notes/thesis.txt")]
    [InlineData("notes/schema.json", "notes/src/Program.cs")]
    public void Create_OverAnotherFolder_RefusesAndTouchesNothing(params string[] files)
    {
        foreach (string file in files)
        {
            _folder.Write(file, "mine");
        }

        var error = Assert.Throws<DatasetException>(() => DatasetWriter.Create(_folder["notes"], DatasetFiles.Schema));
        Assert.Contains("not overwritten", error.Message, StringComparison.Ordinal);
        Assert.All(files, file => Assert.Equal("mine", File.ReadAllText(_folder[file])));
    }

    [Fact]
    public void Create_HalfADatasetOfAKilledProcess_IsRemoved()
    {
        _folder.Write($"shop.{Guid.NewGuid():N}.partial/items.csv", "item_id\n");
        _folder.Write($"shop.{Guid.NewGuid():N}.partial/.writing", "");
        _folder.Write("shop.2.partial/notes", "of somebody else");

        using (DatasetWriter writer = DatasetWriter.Create(_folder["shop"], DatasetFiles.Schema))
        {
            writer.Commit();
        }

        Assert.Equal(["shop", "shop.2.partial"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(["events.csv", "items.csv", "schema.json"], Directory.EnumerateFileSystemEntries(_folder["shop"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Create_WhileAnotherWritesToThePlace_LeavesItsFolder()
    {
        using DatasetWriter first = DatasetWriter.Create(_folder["shop"], DatasetFiles.Schema);
        first.Write(Click);
        using (DatasetWriter second = DatasetWriter.Create(_folder["shop"], DatasetFiles.Schema))
        {
            second.Commit();
        }

        first.Commit();
        Assert.Equal(Click.EventId, Assert.Single(DatasetFolder.Open(_folder["shop"]).ReadEvents()).EventId);
    }

    [Fact]
    public void RemoveLeftOvers_ProcessEndedBetweenTheTwoRenames_PutsTheDatasetBack()
    {
        DatasetFiles.Write(_folder);
        Directory.Move(_folder["shop"], _folder[$"shop.{Guid.NewGuid():N}.replaced"]);

        DatasetWriter.RemoveLeftOvers(_folder["shop"]);

        Assert.Equal(2, DatasetFolder.Open(_folder["shop"]).ReadItems().Count());
        Assert.Equal(["shop"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }
}
