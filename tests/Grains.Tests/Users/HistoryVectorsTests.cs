using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Scoring;
using DinOrleans.Grains.Shop;
using DinOrleans.Grains.Users;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Schema;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Sqlite;
using DinOrleans.TestShop;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Grains.Tests.Users;

public sealed class HistoryVectorsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("history-").FullName;
    private readonly ServiceProvider _services;
    private readonly ItemCatalogue _catalogue;

    public HistoryVectorsTests()
    {
        _services = new ServiceCollection().AddLogging().AddSqliteStorage(_folder).BuildServiceProvider();
        _catalogue = new(_services.GetRequiredService<IItemStore>(), new ShopSchema(SmallShop.Schema));
    }

    public void Dispose()
    {
        _catalogue.Dispose();
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 4)]
    public void Get_Sessions_AreTheVectorsOfTheMostRecent(int sessions, int length)
    {
        BehaviourSequence sequence = SmallShop.Schema.Behaviours with { SessionGap = TimeSpan.FromMinutes(30), Sessions = sessions };
        var (model, all) = (Load(SmallShop.Schema with { Behaviours = sequence }), Load(SmallShop.Schema));
        UserHistories history = Of(0, 100, 130, 161);

        float[] vectors = new HistoryVectors().Get(history, model, _catalogue).Vectors.Span.ToArray();

        Assert.Equal(new HistoryVectors().Get(history, all, _catalogue).Vectors.Span[^(length * model.Layout.ItemWidth)..].ToArray(), vectors);
        model.Retire();
        all.Retire();
    }

    [Fact]
    public void Get_NewSession_StartsAnew()
    {
        LoadedModel model = Load(SmallShop.Schema with { Behaviours = SmallShop.Schema.Behaviours with { SessionGap = TimeSpan.FromMinutes(30), Sessions = 1 } });
        UserHistories history = Of(0, 10, 20);
        var vectors = new HistoryVectors();
        Assert.Equal(3 * model.Layout.ItemWidth, vectors.Get(history, model, _catalogue).Vectors.Length);

        history.Add(At(51));

        Assert.Equal(model.Layout.ItemWidth, vectors.Get(history, model, _catalogue).Vectors.Length);
        model.Retire();
    }

    [Fact]
    public void Get_TwoVersionsInTurns_KeepsTheVectorsOfBoth()
    {
        var (champion, shadow) = (Load(SmallShop.Schema, seed: 1), Load(SmallShop.Schema, seed: 2));
        UserHistories history = Of(0, 1);
        var vectors = new HistoryVectors();
        AttendedHistory ofChampion = vectors.Get(history, champion, _catalogue);
        AttendedHistory ofShadow = vectors.Get(history, shadow, _catalogue);

        Assert.NotEqual(ofChampion.Vectors.Span.ToArray(), ofShadow.Vectors.Span.ToArray());
        Assert.Same(ofChampion, vectors.Get(history, champion, _catalogue));
        Assert.Same(ofShadow, vectors.Get(history, shadow, _catalogue));
        champion.Retire();
        shadow.Retire();
    }

    [Fact]
    public async Task Get_WriteOfAnItemOfNoBehaviour_KeepsTheVectors()
    {
        LoadedModel model = Load(SmallShop.Schema);
        await PutAsync("i0", category: "c0");
        UserHistories history = Of(0, 1);
        var vectors = new HistoryVectors();
        AttendedHistory before = vectors.Get(history, model, _catalogue);

        await PutAsync("i7", category: "c1");

        Assert.Same(before, vectors.Get(history, model, _catalogue));
        model.Retire();
    }

    [Theory]
    [InlineData("i0")]
    [InlineData("i1")]
    public async Task Get_WriteOfAnItemOfTheHistory_RemakesTheVectors(string item)
    {
        LoadedModel model = Load(SmallShop.Schema);
        await PutAsync("i0", category: "c0");
        UserHistories history = Of(0, 1);
        var vectors = new HistoryVectors();
        float[] before = vectors.Get(history, model, _catalogue).Vectors.Span.ToArray();

        await PutAsync("i7", category: "c1");
        vectors.Get(history, model, _catalogue);
        await PutAsync(item, category: "c2");

        float[] after = vectors.Get(history, model, _catalogue).Vectors.Span.ToArray();
        Assert.NotEqual(before, after);
        Assert.Equal(new HistoryVectors().Get(history, model, _catalogue).Vectors.Span.ToArray(), after);
        model.Retire();
    }

    [Fact]
    public async Task Get_WriteOfOneItemOfTheHistory_MakesOnlyItsVectorAnewInACopy()
    {
        LoadedModel model = Load(SmallShop.Schema);
        await PutAsync("i0", category: "c0");
        UserHistories history = Of(0, 1, 2);
        var vectors = new HistoryVectors();
        AttendedHistory before = vectors.Get(history, model, _catalogue);
        float[] read = before.Vectors.Span.ToArray();

        await PutAsync("i1", category: "c1");
        AttendedHistory after = vectors.Get(history, model, _catalogue);

        int d = model.Layout.ItemWidth;
        Assert.Equal(read, before.Vectors.Span.ToArray());
        Assert.Equal([true, false, true], Enumerable.Range(0, 3).Select(i => after.Vectors.Span.Slice(i * d, d).SequenceEqual(read.AsSpan(i * d, d))));
        Assert.Same(after, vectors.Get(history, model, _catalogue));
        model.Retire();
    }

    [Fact]
    public async Task Get_RemovalOfAnItemOfTheHistory_MakesItOfItsIdAlone()
    {
        LoadedModel model = Load(SmallShop.Schema);
        UserHistories history = Of(0, 1);
        var vectors = new HistoryVectors();
        float[] ofIds = vectors.Get(history, model, _catalogue).Vectors.Span.ToArray();
        await PutAsync("i1", category: "c1");
        Assert.NotEqual(ofIds, vectors.Get(history, model, _catalogue).Vectors.Span.ToArray());

        await _services.GetRequiredService<IItemStore>().DeleteAsync("i1", TestContext.Current.CancellationToken);
        await _catalogue.RefreshAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ofIds, vectors.Get(history, model, _catalogue).Vectors.Span.ToArray());
        model.Retire();
    }

    [Fact]
    public void Get_SeveralSequences_KeepsTheMostRecentOfEach()
    {
        FeatureSchema schema = SmallShop.Schema with
        {
            OtherEvents = ["buy"],
            Sequences = [new("bought", ["buy"], 2), new("touched", ["click", "buy"], 3)],
        };
        LoadedModel model = Load(schema);
        var histories = new UserHistories(schema);
        foreach (int minute in Enumerable.Range(0, 3))
        {
            histories.Add(At(minute) with { Type = "buy" });
        }

        foreach (int minute in Enumerable.Range(3, 12))
        {
            histories.Add(At(minute));
        }

        AttendedHistory attended = new HistoryVectors().Get(histories, model, _catalogue);

        int[] minutes = [.. Enumerable.Range(5, 10), 1, 2, 12, 13, 14];
        Assert.Equal(minutes.Select(m => $"e{m}"), attended.Events.Select(e => e.EventId));
        Assert.Equal([2, 3], attended.SequenceLengths);
        Assert.Equal(minutes.Length * model.Layout.ItemWidth, attended.Vectors.Length);
        model.Retire();
    }

    private async Task PutAsync(string itemId, string category)
    {
        await _services.GetRequiredService<IItemStore>().PutAsync(
            [new Item(itemId, new Dictionary<string, string> { ["category"] = category })], TestContext.Current.CancellationToken);
        await _catalogue.RefreshAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>In a folder of its own: versions of the same weights and second have the same name.</summary>
    private LoadedModel Load(FeatureSchema schema, int seed = 1) => new(
        Artifact.Open(UntrainedArtifact.Write(Path.Combine(_folder, Guid.NewGuid().ToString("N")), schema, SmallShop.Values, seed: seed)), chosen: null);

    private static UserHistories Of(params int[] minutes)
    {
        var histories = new UserHistories(SmallShop.Schema);
        histories.All[0].Replace([.. minutes.Select(At)]);
        return histories;
    }

    private static BehaviourEvent At(int minute) => new()
    {
        EventId = $"e{minute}",
        UserId = "u",
        ItemId = $"i{minute % 20}",
        Type = "click",
        Timestamp = DateTimeOffset.UnixEpoch.AddMinutes(minute),
    };
}
