using DinOrleans.Client;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Standalone.Tests;

/// <summary>The client against a real server, call by call.</summary>
public sealed class ClientTests : IDisposable
{
    private const string User = "a/b?c";

    private readonly TinyShop _shop = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _shop.Dispose();

    [Fact]
    public async Task Client_OfAServer_DoesWithEveryCallWhatItSays()
    {
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, _shop.Arguments);
        await server.WaitAsync("/health/ready", body => body.Contains("\"model\"", StringComparison.Ordinal), Cancellation);
        var services = new ServiceCollection();
        services.AddDinOrleansClient(o => o.Address = server.Http.BaseAddress);
        await using ServiceProvider provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IDinOrleansClient>();

        await RankAndClickAsync(client);
        await SendAsync(provider.GetRequiredService<EventSender>(), client);
        await PutAsync(client);
        await FindItemsAsync(client);
        await PutLinesAsync(client);
        await FindUsersAsync(client);
        await ServerAsync(client);
        await EraseAsync(client);
        await ModelsAsync(client);
        await ExperimentAsync(client);
        await KeysAsync(client);
        await TrainAsync(client);
    }

    private async Task RankAndClickAsync(IDinOrleansClient client)
    {
        RankRequest request = RankRequest.Create(User, [.. _shop.ItemIds.Take(5), "never seen"]) with { Limit = 6, Deadline = TimeSpan.FromSeconds(30) };
        Ranking first = await client.RankAsync(request, Cancellation);
        Assert.Equal(("model", "champion", 0), (first.Source, first.Model!.Variant, first.HistoryLength));
        Assert.Equal(first.Items.OrderByDescending(i => i.Score), first.Items);
        Assert.Equal("never seen", Assert.Single(first.Items, i => i.UnknownItem).ItemId);

        var click = new BehaviourEvent
        {
            UserId = User,
            ItemId = _shop.ItemIds[0],
            Type = "click",
            Timestamp = DateTimeOffset.UtcNow,
            RankingId = first.RankingId,
        };
        Assert.Equal(new AppendedEvents(1, 0, 0), await client.AppendEventsAsync([click], Cancellation));
        Assert.Equal(new AppendedEvents(0, 1, 0), await client.AppendEventsAsync([click], Cancellation));

        Ranking second = await client.RankAsync(request with { Explain = true }, Cancellation);
        Assert.Equal(1, second.HistoryLength);
        Assert.All(second.Items, i => Assert.Equal(click.ItemId, Assert.Single(i.Attention!).ItemId));

        var refusal = await Assert.ThrowsAsync<DinOrleansException>(() => client.RankAsync(request with { Limit = 0 }, Cancellation));
        Assert.Equal("limit", Assert.Single(refusal.Errors).Field);
    }

    private async Task SendAsync(EventSender sender, IDinOrleansClient client)
    {
        for (int i = 0; i < 1_200; i++)
        {
            string type = i == 700 ? "no such type" : "click";
            await sender.SendAsync(
                new BehaviourEvent { EventId = $"s{i}", UserId = "sent", ItemId = _shop.ItemIds[0], Type = type, Timestamp = DateTimeOffset.UtcNow }, Cancellation);
        }

        await sender.FlushAsync(Cancellation);

        Assert.Equal(1, sender.Refused);
        List<BehaviourEvent> held = [];
        await foreach (UserPage page in client.Users.ReadAsync("sent", pageSize: 500, Cancellation))
        {
            held.AddRange(page.Behaviours);
        }

        Assert.Equal(Enumerable.Range(0, 1_200).Except([700]).Select(i => $"s{i}"), held.Select(e => e.EventId).OrderBy(id => int.Parse(id[1..])));
    }

    private static async Task PutAsync(IDinOrleansClient client)
    {
        await client.Items.PutAsync([new("never seen", new Dictionary<string, string>())], Cancellation);
        await Eventually.BecomesAsync(
            "the new item is known",
            () => client.RankAsync(RankRequest.Create(User, ["never seen"]), Cancellation),
            r => !r.Items[0].UnknownItem,
            cancellationToken: Cancellation);
        await client.Users.PutProfileAsync(User, new Dictionary<string, string>(), Cancellation);
    }

    private async Task FindItemsAsync(IDinOrleansClient client)
    {
        CatalogueItem known = (await client.Items.GetAsync(_shop.ItemIds[0], Cancellation))!;
        Assert.True(known.Available);
        Schema schema = await client.Server.GetSchemaAsync(Cancellation);
        Assert.Contains("click", schema.EventTypes);
        string feature = schema.ItemFeatures.First(f => !f.Numeric && known.Features.ContainsKey(f.Name)).Name;
        ItemPage sharing = await client.Items.FindAsync(new() { Feature = new(feature, known.Features[feature]), Limit = 100 }, Cancellation);
        Assert.Contains(sharing.Items, i => i.ItemId == known.ItemId);
        Assert.Equal([known.ItemId], (await client.Items.GetAsync([known.ItemId, "nothing"], Cancellation)).Select(i => i.ItemId));
        ItemPage first = await client.Items.FindAsync(new() { Prefix = "item-", Limit = 2 }, Cancellation);
        ItemPage second = await client.Items.FindAsync(new() { Prefix = "item-", Limit = 2, After = first.Next }, Cancellation);
        Assert.Equal(4, first.Items.Concat(second.Items).Select(i => i.ItemId).Distinct().Count());
        SimilarItems similar = (await client.Items.GetSimilarAsync(known.ItemId, 3, Cancellation))!;
        Assert.Equal(3, similar.Items.Count);
        Assert.Null(await client.Items.GetSimilarAsync("nothing", cancellationToken: Cancellation));
        await Eventually.BecomesAsync(
            "the popular items are counted",
            () => client.Items.GetPopularAsync(5, cancellationToken: Cancellation),
            popular => popular.CountedAt is not null && popular.Items.Any(i => i.Events > 0),
            cancellationToken: Cancellation);
    }

    private static async Task PutLinesAsync(IDinOrleansClient client)
    {
        IEnumerable<CatalogueItem> lines = Enumerable.Range(0, 2_500).Select(i => new CatalogueItem($"line-{i}", new Dictionary<string, string>()));
        Assert.Equal(2_500, await client.Items.PutLinesAsync(lines.ToAsyncEnumerable(), Cancellation));
        CatalogueItem[] broken = [new("line-0", new Dictionary<string, string>()), new("", new Dictionary<string, string>())];
        DinOrleansException refused = await Assert.ThrowsAsync<DinOrleansException>(() => client.Items.PutLinesAsync(broken.ToAsyncEnumerable(), Cancellation));
        Assert.Equal((0, "line 2: itemId"), (refused.Accepted, Assert.Single(refused.Errors).Field));

        var soldOut = new CatalogueItem("line-7", new Dictionary<string, string>()) { Available = false, AvailableUntil = new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        await client.Items.PutAsync([soldOut], Cancellation);
        CatalogueItem held = (await client.Items.GetAsync("line-7", Cancellation))!;
        Assert.Equal((false, soldOut.AvailableUntil), (held.Available, held.AvailableUntil));
        await Eventually.BecomesAsync(
            "the sold out item is left out",
            () => client.RankAsync(RankRequest.Create("guest", ["line-7", "line-8"]), Cancellation),
            r => r.UnavailableItems?.Single() == "line-7" && r.Items.Single().ItemId == "line-8",
            cancellationToken: Cancellation);
        await client.Items.DeleteAsync("line-7", Cancellation);
        Assert.Null(await client.Items.GetAsync("line-7", Cancellation));
    }

    private static async Task FindUsersAsync(IDinOrleansClient client)
    {
        Assert.Equal(["sent"], (await client.Users.FindAsync(new() { Prefix = "sen" }, Cancellation)).Users);
        Assert.NotEmpty((await client.Users.FindAsync(new() { Random = true }, Cancellation)).Users);
        RecentUser recent = await client.Users.GetRecentAsync(User, 5, Cancellation);
        Assert.Equal(User, recent.UserId);
        Assert.Single(recent.Behaviours);
        Assert.NotEmpty(recent.Rankings);
        Assert.Equal(5, (await client.Users.GetRecentAsync("sent", 5, Cancellation)).Behaviours.Count);
    }

    private async Task ServerAsync(IDinOrleansClient client)
    {
        // The second that is still going on is not counted yet.
        Overview overview = await Eventually.BecomesAsync(
            "rankings are counted", () => client.Server.GetOverviewAsync(Cancellation), o => o.Gateway.Rankings.Sum() > 0, cancellationToken: Cancellation);
        Assert.Equal(("model", Path.GetFileName(_shop.Artifact)), (overview.Model.Source, overview.Model.Active));
        await Eventually.BecomesAsync(
            "the silo has reported", () => client.Server.GetClusterAsync(Cancellation), silos => silos.Count == 1 && silos[0].Scores, cancellationToken: Cancellation);
        SettingSection silo = Assert.Single(await client.Server.GetSettingsAsync(Cancellation), s => s.Section == "Silo");
        Assert.Contains(silo.Settings, s => s is { Name: "DataFolder", IsGiven: true });
        Assert.Equal("live", (await client.Server.GetLiveAsync(Cancellation)).Status);
        await Eventually.BecomesAsync(
            "the server is ready", () => client.Server.GetReadyAsync(Cancellation), health => health == new Health("ready", "model", true), cancellationToken: Cancellation);
    }

    private async Task ModelsAsync(IDinOrleansClient client)
    {
        string folder = _shop.WriteVersion(seed: 2), version = Path.GetFileName(folder);
        var progress = new Uploaded();
        await client.Models.UploadAsync(version, folder, progress, Cancellation);
        Assert.Equal(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length), progress.Last.SentBytes);
        Assert.Equal(progress.Last.TotalBytes, progress.Last.SentBytes);
        ModelRegistry models = await client.Models.PublishAsync(version, rollOut: false, Cancellation);
        Assert.Contains(models.Versions, v => v.Version == version);
        ModelOrigin origin = (await client.Models.GetAsync(version, Cancellation))!;
        Assert.Equal((version, "din"), (origin.Version, origin.Kind));
        Assert.Null(await client.Models.GetAsync("nothing", Cancellation));
    }

    private static async Task EraseAsync(IDinOrleansClient client)
    {
        Assert.Single(await FirstPageAsync(client));
        await client.Users.EraseAsync(User, Cancellation);
        Assert.Empty(await FirstPageAsync(client));
    }

    private static async Task<IReadOnlyList<BehaviourEvent>> FirstPageAsync(IDinOrleansClient client)
    {
        await foreach (UserPage page in client.Users.ReadAsync(User, cancellationToken: Cancellation))
        {
            return page.Behaviours;
        }

        return [];
    }

    private async Task ExperimentAsync(IDinOrleansClient client)
    {
        ModelRegistry models = await client.Models.GetAsync(Cancellation);
        Assert.Equal(Path.GetFileName(_shop.Artifact), models.Active);
        Assert.Equal(models.Active, Assert.Single(models.Silos).Serving);
        await client.Models.ActivateAsync(models.Active!, Cancellation);

        var plan = new ExperimentPlan { Mode = "split", Arms = [new("warm", Share: 20, Temperature: 0.5)], Guards = [new("ctr", 0.2)] };
        Experiment started = await client.Experiments.StartAsync("heat", plan, Cancellation);
        Assert.Equal(("running", "split"), (started.Status, started.Mode));
        Assert.Equal(0.2, Assert.Single(started.Arms, a => a.Arm == "warm").Share!.Value, 6);
        Assert.Equal("heat", Assert.Single(await client.Experiments.GetAsync(Cancellation)).Name);
        Assert.Equal("stopped", (await client.Experiments.StopAsync("heat", Cancellation)).Status);
        await client.Experiments.DeleteAsync("heat", Cancellation);
        Assert.Empty(await client.Experiments.GetAsync(Cancellation));
    }

    private static async Task KeysAsync(IDinOrleansClient client)
    {
        NewKey made = await client.Keys.MakeAsync(new() { Note = "shop front", Scopes = ["rank", "events"] }, Cancellation);
        Assert.Contains(made.Info.Id, made.Key, StringComparison.Ordinal);
        await client.Keys.RevokeAsync(made.Info.Id, Cancellation);
        Assert.NotNull(Assert.Single(await client.Keys.GetAsync(Cancellation), k => k.Id == made.Info.Id).RevokedAt);
    }

    private static async Task TrainAsync(IDinOrleansClient client)
    {
        TrainingRun asked = await client.Trainings.StartAsync(new() { Reason = "new catalogue" }, Cancellation);
        TrainingRun read = await client.Trainings.GetAsync(asked.Id, Cancellation);
        Assert.Equal(("hand", "new catalogue"), (read.Trigger, read.Reason));
        Assert.Contains((await client.Trainings.GetAsync(cancellationToken: Cancellation)).Trainings, t => t.Id == asked.Id);
    }

    /// <summary>What was told last of an upload.</summary>
    private sealed class Uploaded : IProgress<UploadProgress>
    {
        public UploadProgress Last { get; private set; }

        public void Report(UploadProgress value) => Last = value;
    }
}
