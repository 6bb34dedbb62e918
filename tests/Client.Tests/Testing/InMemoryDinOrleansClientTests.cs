using System.Net;
using DinOrleans.Client.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Client.Tests.Testing;

public sealed class InMemoryDinOrleansClientTests
{
    private static readonly Dictionary<string, string> None = [];

    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryDinOrleansClient _server;

    public InMemoryDinOrleansClientTests() => _server = new InMemoryDinOrleansClient((_, item) => item == "best" ? 0.9f : 0.1f, _time);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RankAsync_ItemThatIsNotAvailable_IsLeftOutAndTheRestIsInOrder()
    {
        await _server.Items.PutAsync(
            [new("sold out", None) { Available = false }, new("later", None) { AvailableFrom = _time.GetUtcNow().AddHours(1) }, new("over", None) { AvailableUntil = _time.GetUtcNow() }], Cancellation);

        Ranking ranking = await _server.RankAsync(RankRequest.Create("u", ["a", "sold out", "later", "over", "best"]), Cancellation);

        Assert.Equal(["best", "a"], ranking.Items.Select(i => i.ItemId));
        Assert.Equal(["sold out", "later", "over"], ranking.UnavailableItems);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["later"], (await _server.RankAsync(RankRequest.Create("u", ["later"]), Cancellation)).Items.Select(i => i.ItemId));
    }

    [Fact]
    public async Task Items_PutFoundAndDeleted_AreThoseOfTheCatalogue()
    {
        CatalogueItem[] items = [.. Enumerable.Range(0, 5).Select(i => new CatalogueItem($"i{i}", new Dictionary<string, string> { ["category"] = i < 3 ? "c1" : "c2" }))];
        Assert.Equal(5, await _server.Items.PutLinesAsync(items.ToAsyncEnumerable(), Cancellation));

        ItemPage first = await _server.Items.FindAsync(new() { Feature = new("category", "c1"), Limit = 2 }, Cancellation);
        ItemPage rest = await _server.Items.FindAsync(new() { Feature = new("category", "c1"), Limit = 2, After = first.Next }, Cancellation);
        Assert.Equal(["i0", "i1"], first.Items.Select(i => i.ItemId));
        Assert.Equal(["i2"], rest.Items.Select(i => i.ItemId));
        Assert.Equal(("i1", null), (first.Next, rest.Next));
        await _server.AppendEventsAsync([Event("e1", "i4"), Event("e2", "i4"), Event("e3", "i1")], Cancellation);
        Assert.Equal([("i4", 2), ("i1", 1)], (await _server.Items.GetPopularAsync(cancellationToken: Cancellation)).Items.Select(i => (i.ItemId, i.Events)));
        await _server.Items.DeleteAsync("i4", Cancellation);
        Assert.Null(await _server.Items.GetAsync("i4", Cancellation));
        Assert.Equal(["i3"], (await _server.Items.GetAsync(["i4", "i3"], Cancellation)).Select(i => i.ItemId));
    }

    [Fact]
    public async Task GetDaysAsync_ItemWithEventsOnSeveralDays_HasTheLatestOnesAlsoOfErasedUsers()
    {
        DateTimeOffset noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
        BehaviourEvent[] events = [.. new[] { -2, -1, 0, 0 }.Select((day, i) => Event($"e{i}", "a") with { Timestamp = noon.AddDays(day) })];
        await _server.AppendEventsAsync([.. events, Event("e9", "b")], Cancellation);
        await _server.Users.EraseAsync("u", Cancellation);

        ItemDays found = await _server.Items.GetDaysAsync("a", days: 2, Cancellation);

        Assert.Equal([(new DateOnly(2026, 4, 30), 1), (new DateOnly(2026, 5, 1), 2)], found.Days.Select(d => (d.Day, d.Events["click"])));
        Assert.Empty((await _server.Items.GetDaysAsync("nothing", cancellationToken: Cancellation)).Days);
    }

    [Fact]
    public async Task Users_ErasedUser_HasNothingAndIsNotFound()
    {
        await _server.Users.PutProfileAsync("ann", new Dictionary<string, string> { ["age"] = "40" }, Cancellation);
        await _server.AppendEventsAsync([Event("e1", "a") with { UserId = "ann" }, Event("e1", "a") with { UserId = "anton" }], Cancellation);
        Assert.Equal(["ann", "anton"], (await _server.Users.FindAsync(new() { Prefix = "an" }, Cancellation)).Users);
        RecentUser recent = await _server.Users.GetRecentAsync("ann", cancellationToken: Cancellation);
        Assert.Equal(("40", "e1"), (recent.Features["age"], Assert.Single(recent.Behaviours).EventId));

        await _server.Users.EraseAsync("ann", Cancellation);

        Assert.Equal(["anton"], (await _server.Users.FindAsync(new(), Cancellation)).Users);
        Assert.Empty(await _server.Users.ReadAsync("ann", cancellationToken: Cancellation).SelectMany(p => p.Behaviours).ToArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Experiments_StartedPromotedAndDeleted_EndWithTheArmsVersion()
    {
        var plan = new ExperimentPlan { Mode = "split", Arms = [new("warm", "v2", 20)] };
        Experiment started = await _server.Experiments.StartAsync("heat", plan, Cancellation);
        Assert.Equal(("running", 0.2), (started.Status, started.Arms[1].Share));
        Assert.Equal(HttpStatusCode.Conflict, (await Assert.ThrowsAsync<DinOrleansException>(() => _server.Experiments.DeleteAsync("heat", Cancellation))).Status);

        Experiment promoted = await _server.Experiments.PromoteAsync("heat", cancellationToken: Cancellation);

        Assert.Equal(("promoted", "warm"), (promoted.Status, promoted.Winner));
        Assert.Equal("v2", (await _server.RankAsync(RankRequest.Create("u", ["a"]), Cancellation)).Model!.Version);
        await _server.Experiments.DeleteAsync("heat", Cancellation);
        Assert.Empty(await _server.Experiments.GetAsync(Cancellation));
    }

    [Fact]
    public async Task Trainings_AskedForTwice_AreOneUntilATestSaysWhatCameOfIt()
    {
        TrainingRun waiting = await _server.Trainings.StartAsync(new() { Reason = "new catalogue" }, Cancellation);
        Assert.Equal(waiting, await _server.Trainings.StartAsync(new(), Cancellation));

        _server.Trainings.Set(waiting with { State = "published", Version = "v2" });

        Assert.Equal("v2", (await _server.Trainings.GetAsync(waiting.Id, Cancellation)).Version);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(waiting.Id, (await _server.Trainings.StartAsync(new(), Cancellation)).Id);
        Assert.Equal(2, (await _server.Trainings.GetAsync(cancellationToken: Cancellation)).Trainings.Count);
    }

    [Fact]
    public async Task Keys_MadeAndRevoked_AreListed()
    {
        NewKey made = await _server.Keys.MakeAsync(new() { Note = "shop", Scopes = ["rank"] }, Cancellation);
        Assert.Contains(made.Info.Id, made.Key, StringComparison.Ordinal);
        await _server.Keys.RevokeAsync(made.Info.Id, Cancellation);
        Assert.NotNull(Assert.Single(await _server.Keys.GetAsync(Cancellation)).RevokedAt);
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<DinOrleansException>(() => _server.Keys.RevokeAsync("nothing", Cancellation))).Status);
    }

    [Fact]
    public async Task Models_PublishedAndActivated_AreWhatRankingsName()
    {
        await _server.Models.PublishAsync("v2", cancellationToken: Cancellation);
        await _server.Models.PublishAsync("v3", rollOut: false, Cancellation);
        Assert.Equal("v2", (await _server.Server.GetOverviewAsync(Cancellation)).Model.Active);
        Assert.Equal("v3", (await _server.Models.ActivateAsync("v3", Cancellation)).Active);
        Assert.Equal("v3", (await _server.Models.GetAsync("v3", Cancellation))!.Version);
        await Assert.ThrowsAsync<DinOrleansException>(() => _server.Models.ActivateAsync("v4", Cancellation));
    }

    private BehaviourEvent Event(string id, string item) => new() { EventId = id, UserId = "u", ItemId = item, Type = "click", Timestamp = _time.GetUtcNow() };
}
