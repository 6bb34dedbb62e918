using DinOrleans.TestMachine.Contract;

namespace DinOrleans.Client.Tests.Contract;

/// <summary>This client sends the requests of the recorded session, as those in other languages do, and reads its answers.</summary>
public sealed class SessionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_MakingTheCallsOfTheSession_SendsAndReadsWhatWasRecorded()
    {
        SessionFile session = SessionFile.Read();
        await using ReplayServer server = ReplayServer.Start(session);
        await using var replay = new SessionReplay(session, server);
        IDinOrleansClient client = replay.Client(session.Key);

        await replay.SameAsync("startup", client.Server.GetStartupAsync(Cancellation));
        await replay.SameAsync("live", client.Server.GetLiveAsync(Cancellation));
        await replay.SameAsync("ready", client.Server.GetReadyAsync(Cancellation));
        await replay.SameAsync("getSchema", client.Server.GetSchemaAsync(Cancellation));
        await replay.SameAsync("getOverview", client.Server.GetOverviewAsync(Cancellation));
        await replay.SameAsync("getCluster", client.Server.GetClusterAsync(Cancellation), "silos");
        await replay.SameAsync("getSettings", client.Server.GetSettingsAsync(Cancellation), "sections");
        await replay.SameAsync("getModels", client.Models.GetAsync(Cancellation));
        await replay.SameAsync("getModel", client.Models.GetAsync(session.Versions[0], Cancellation));
        await replay.MissingAsync("getModelUnknown", client.Models.GetAsync("no-such-version", Cancellation));
        await ItemsAndEventsAsync(replay, client);
        await RankingsAsync(replay, client, session);
        await UsersAsync(replay, client);
        await KeysAsync(replay, client);
        await VersionsAsync(replay, client, session);
        await ExperimentsAsync(replay, client);
        await TrainingsAsync(replay, client);
        await replay.SameAsync("getItemDays", client.Items.GetDaysAsync("item-1", days: 30, Cancellation));
        await replay.SameAsync("getItemDaysUnknown", client.Items.GetDaysAsync("nothing", days: 30, Cancellation));
        await replay.RefusedAsync("getItemDaysInvalid", () => client.Items.GetDaysAsync("item-1", days: 367, Cancellation));
        await replay.DoneAsync("deleteItem", client.Items.DeleteAsync("poster-2", Cancellation));
        NewKey hasty = await replay.SameAsync("makeHastyKey", client.Keys.MakeAsync(new() { Note = "hasty", Scopes = ["rank"] }, Cancellation));
        await replay.RefusedAsync("getSchemaTooOften", () => replay.Client(hasty.Key).Server.GetSchemaAsync(Cancellation));
        await replay.SameAsync("putShadow", client.Experiments.StartAsync("newcomer", new() { Mode = "shadow", Arms = [new("next", session.Versions[1], Share: 100)] }, Cancellation));
        await replay.SameAsync("promoteExperiment", client.Experiments.PromoteAsync("newcomer", "next", Cancellation));

        Assert.Empty(server.Unexpected);
        Assert.Equal(replay.Called, server.Replayed);
        Assert.Equal(session.Exchanges.Select(e => e.Name), replay.Called);
    }

    private static async Task ItemsAndEventsAsync(SessionReplay replay, IDinOrleansClient client)
    {
        CatalogueItem[] items =
        [
            new("poster-1", new Dictionary<string, string> { ["shop"] = "shop-1", ["category"] = "category-2", ["price"] = "9.5" }),
            new("poster-2", new Dictionary<string, string> { ["category"] = "category-2" }),
        ];
        await replay.DoneAsync("putItems", client.Items.PutAsync(items, Cancellation));
        CatalogueItem seasonal = items[1] with { AvailableFrom = new(2025, 5, 1, 12, 0, 0, TimeSpan.Zero), AvailableUntil = new(2099, 12, 24, 12, 0, 0, TimeSpan.Zero) };
        await replay.DoneAsync("putItemsAvailability", client.Items.PutAsync([seasonal], Cancellation));
        CatalogueItem[] lines = [items[1] with { ItemId = "poster-3" }, new("poster-4", new Dictionary<string, string> { ["category"] = "category-3" })];
        await replay.SameAsync("putItemLines", client.Items.PutLinesAsync(lines.ToAsyncEnumerable(), Cancellation), "accepted");
        await replay.RefusedAsync("putItemsInvalid", () => client.Items.PutAsync([new("poster-5", new Dictionary<string, string> { ["colour"] = "red" })], Cancellation));
        await replay.SameAsync("getItem", client.Items.GetAsync("poster-1", Cancellation));
        await replay.MissingAsync("getItemUnknown", client.Items.GetAsync("nothing", Cancellation));
        await replay.SameAsync("findItems", client.Items.FindAsync(new() { Prefix = "poster-", Limit = 2 }, Cancellation));
        await replay.SameAsync("findItemsByFeature", client.Items.FindAsync(new() { Feature = new("category", "category-3"), Limit = 1 }, Cancellation));
        await replay.SameAsync("findItemsById", client.Items.GetAsync(["poster-1", "poster-4"], Cancellation), "items");
        await replay.SameAsync("getSimilarItems", client.Items.GetSimilarAsync("item-1", limit: 2, Cancellation));

        BehaviourEvent[] events = [.. Enumerable.Range(0, 3).Select(i => Click($"e{i + 1}", "reader-1", $"item-{i + 1}", minute: i))];
        events[2] = events[2] with { Context = new Dictionary<string, string> { ["device"] = "phone" } };
        await replay.SameAsync("appendEvents", client.AppendEventsAsync(events, Cancellation));
        await replay.SameAsync("appendEventsAgain", client.AppendEventsAsync(events, Cancellation));
        await replay.RefusedAsync("appendEventsInvalid", () => client.AppendEventsAsync([Click("e9", "reader-1", "item-1", minute: 0) with { Type = "clik" }], Cancellation));
        await replay.DoneAsync("putUser", client.Users.PutProfileAsync("reader-1", new Dictionary<string, string> { ["age_band"] = "25-34" }, Cancellation));
    }

    private static async Task RankingsAsync(SessionReplay replay, IDinOrleansClient client, SessionFile session)
    {
        RankRequest request = RankRequest.Create("reader-1", ["item-4", "item-5", "item-6", "never-seen"]) with
        {
            Context = new Dictionary<string, string> { ["device"] = "phone" },
            Limit = 3,
            Explain = true,
            Deadline = TimeSpan.FromSeconds(30),
        };
        Ranking ranking = await replay.SameAsync("rank", client.RankAsync(request, Cancellation));
        await replay.RefusedAsync("rankInvalid", () => client.RankAsync(RankRequest.Create("reader-1", ["item-4", "item-4"]) with { Limit = 0 }, Cancellation));
        string unknown = session.Find("rankUnauthorized").Headers["authorization"].Split(' ')[1];
        await replay.RefusedAsync("rankUnauthorized", () => replay.Client(unknown).RankAsync(RankRequest.Create("reader-1", ["item-4"]), Cancellation));
        await replay.SameAsync("appendEventsOfRanking", client.AppendEventsAsync([Click("e4", "reader-1", "item-4", minute: 10) with { RankingId = ranking.RankingId }], Cancellation));
    }

    private static async Task UsersAsync(SessionReplay replay, IDinOrleansClient client)
    {
        await replay.SameAsync("getUser", client.Users.ReadAsync("reader-1", cancellationToken: Cancellation).SingleAsync(Cancellation).AsTask());
        await replay.SameAsync("getRecentUser", client.Users.GetRecentAsync("reader-1", limit: 2, Cancellation));
        BehaviourEvent[] events = [.. Enumerable.Range(0, 3).Select(i => Click($"g{i}", "guest/7?", "item-1", minute: i) with { Timestamp = new(2025, 5, 2, 12, i, 0, TimeSpan.Zero) })];
        await replay.SameAsync("appendEventsOfGuest", client.AppendEventsAsync(events, Cancellation));
        UserPage[] pages = await client.Users.ReadAsync("guest/7?", pageSize: 2, Cancellation).ToArrayAsync(Cancellation);
        await replay.SameAsync("getUserPage", Task.FromResult(pages[0]));
        await replay.SameAsync("getUserLastPage", Task.FromResult(pages[1]));
        await replay.SameAsync("findUsers", client.Users.FindAsync(new() { Prefix = "reader-", Limit = 10 }, Cancellation));
        await replay.RefusedAsync("findUsersInvalid", () => client.Users.FindAsync(new() { Limit = 101 }, Cancellation));
        await replay.DoneAsync("eraseUser", client.Users.EraseAsync("guest/7?", Cancellation));
    }

    private static async Task KeysAsync(SessionReplay replay, IDinOrleansClient client)
    {
        NewKey made = await replay.SameAsync("makeKey", client.Keys.MakeAsync(new() { Note = "shop front", Scopes = ["rank", "events"] }, Cancellation));
        await replay.RefusedAsync("getModelsForbidden", () => replay.Client(made.Key).Models.GetAsync(Cancellation));
        await replay.SameAsync("getKeys", client.Keys.GetAsync(Cancellation), "keys");
        await replay.DoneAsync("revokeKey", client.Keys.RevokeAsync(made.Info.Id, Cancellation));
        await replay.RefusedAsync("revokeKeyUnknown", () => client.Keys.RevokeAsync("000000000000", Cancellation));
    }

    private static async Task VersionsAsync(SessionReplay replay, IDinOrleansClient client, SessionFile session)
    {
        await UploadAsync(replay, client, session.Versions[1]);
        await replay.DoneAsync("publishModel", client.Models.PublishAsync(session.Versions[1], rollOut: false, Cancellation));
        await replay.DoneAsync("activateModel", client.Models.ActivateAsync(session.Versions[0], Cancellation));
    }

    /// <summary>Uploads a folder. A tar has the times of its files, so the server that replays compares all but the bytes of the body.</summary>
    private static async Task UploadAsync(SessionReplay replay, IDinOrleansClient client, string version)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("version-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "manifest.json"), "{}", Cancellation);
            await replay.DoneAsync("uploadModel", client.Models.UploadAsync(version, folder.FullName, cancellationToken: Cancellation));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task ExperimentsAsync(SessionReplay replay, IDinOrleansClient client)
    {
        ExperimentPlan Plan(string arm, double temperature) => new() { Mode = "split", Arms = [new(arm, Share: 20, Temperature: temperature)], Guards = [new("ctr", 0.2)] };
        await replay.SameAsync("putExperiment", client.Experiments.StartAsync("heat", Plan("warm", 0.5), Cancellation));
        await replay.RefusedAsync("putExperimentConflict", () => client.Experiments.StartAsync("cold", Plan("cold", 0.1), Cancellation));
        await replay.SameAsync("getExperiments", client.Experiments.GetAsync(Cancellation), "experiments");
        await replay.SameAsync("getExperiment", client.Experiments.GetAsync("heat", Cancellation));
        await replay.RefusedAsync("getExperimentUnknown", () => client.Experiments.GetAsync("nothing", Cancellation));
        await replay.RefusedAsync("deleteExperimentRunning", () => client.Experiments.DeleteAsync("heat", Cancellation));
        await replay.SameAsync("stopExperiment", client.Experiments.StopAsync("heat", Cancellation));
        await replay.DoneAsync("deleteExperiment", client.Experiments.DeleteAsync("heat", Cancellation));
    }

    private static async Task TrainingsAsync(SessionReplay replay, IDinOrleansClient client)
    {
        TrainingRun training = await replay.SameAsync("startTraining", client.Trainings.StartAsync(new() { Reason = "new catalogue" }, Cancellation));
        await replay.SameAsync("getTrainings", client.Trainings.GetAsync(cancellationToken: Cancellation));
        await replay.SameAsync("getTraining", client.Trainings.GetAsync(training.Id, Cancellation));
        await replay.RefusedAsync("getTrainingUnknown", () => client.Trainings.GetAsync("nothing", Cancellation));
    }

    private static BehaviourEvent Click(string eventId, string userId, string itemId, int minute) =>
        new() { EventId = eventId, UserId = userId, ItemId = itemId, Type = "click", Timestamp = new(2025, 5, 1, 12, minute, 0, TimeSpan.Zero) };
}
