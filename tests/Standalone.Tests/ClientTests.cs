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
        await EraseAsync(client);
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
        await foreach (UserPage page in client.ReadUserAsync("sent", pageSize: 500, Cancellation))
        {
            held.AddRange(page.Behaviours);
        }

        Assert.Equal(Enumerable.Range(0, 1_200).Except([700]).Select(i => $"s{i}"), held.Select(e => e.EventId).OrderBy(id => int.Parse(id[1..])));
    }

    private static async Task PutAsync(IDinOrleansClient client)
    {
        await client.PutItemsAsync([new("never seen", new Dictionary<string, string>())], Cancellation);
        await Eventually.BecomesAsync(
            "the new item is known",
            () => client.RankAsync(RankRequest.Create(User, ["never seen"]), Cancellation),
            r => !r.Items[0].UnknownItem,
            cancellationToken: Cancellation);
        await client.PutProfileAsync(User, new Dictionary<string, string>(), Cancellation);
    }

    private static async Task EraseAsync(IDinOrleansClient client)
    {
        Assert.Single(await FirstPageAsync(client));
        await client.EraseUserAsync(User, Cancellation);
        Assert.Empty(await FirstPageAsync(client));
    }

    private static async Task<IReadOnlyList<BehaviourEvent>> FirstPageAsync(IDinOrleansClient client)
    {
        await foreach (UserPage page in client.ReadUserAsync(User, cancellationToken: Cancellation))
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
}
