using DinOrleans.Client;

namespace DinOrleans.Gateway.Tests.Clients;

/// <summary>The calls of DinOrleans.Client by the endpoint that each is of, with every member of a request set.</summary>
internal static class ClientCalls
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Dictionary<string, string> Features = new() { ["key"] = "text" };

    private static readonly BehaviourEvent Click = new()
    {
        EventId = "e",
        UserId = "u",
        ItemId = "i",
        Type = "click",
        Timestamp = Noon,
        RankingId = "r",
        Context = Features,
    };

    private static readonly CatalogueItem Item = new("i", Features) { AvailableFrom = Noon, AvailableUntil = Noon };

    private static readonly ExperimentPlan Plan = new()
    {
        Mode = "canary",
        Arms = [new("new", "v", 10, 0.5)],
        Users = new(0, 50),
        Ramp = [1, 10],
        ShadowFirst = true,
        StageSeconds = 60,
        StageRankings = 100,
        Promotes = true,
        Guards = [new("ctr", 0.1, 100)],
        AttributionSeconds = 60,
    };

    /// <summary>Each endpoint with its calls, which return what they read.</summary>
    public static IReadOnlyDictionary<string, Func<IDinOrleansClient, CancellationToken, Task<object?[]>>> All { get; } =
        new Dictionary<string, Func<IDinOrleansClient, CancellationToken, Task<object?[]>>>
        {
            ["POST /v1/rank"] = async (c, t) =>
            [
                await c.RankAsync(
                    new RankRequest { UserId = "u", Candidates = [new("i")], Context = Features, Limit = 1, Explain = true, Background = true, Override = new("e", "a") }, t),
            ],
            ["POST /v1/events"] = async (c, t) => [await c.AppendEventsAsync([Click], t)],
            ["PUT /v1/items"] = async (c, t) => await DoneAsync(c.Items.PutAsync([Item], t), c.Items.PutLinesAsync(new[] { Item }.ToAsyncEnumerable(), t)),
            ["GET /v1/items/{itemId}"] = async (c, t) => [await c.Items.GetAsync("i", t)],
            ["DELETE /v1/items/{itemId}"] = async (c, t) => await DoneAsync(c.Items.DeleteAsync("i", t)),
            ["GET /v1/items"] = async (c, t) => [await c.Items.FindAsync(new(), t), await c.Items.GetPopularAsync(cancellationToken: t), await c.Items.GetAsync((string[])["i"], t)],
            ["GET /v1/items/{itemId}/days"] = async (c, t) => [await c.Items.GetDaysAsync("i", cancellationToken: t)],
            ["GET /v1/items/{itemId}/similar"] = async (c, t) => [await c.Items.GetSimilarAsync("i", cancellationToken: t)],
            ["GET /v1/users"] = async (c, t) => [await c.Users.FindAsync(new(), t)],
            ["GET /v1/users/{userId}/recent"] = async (c, t) => [await c.Users.GetRecentAsync("u", cancellationToken: t)],
            ["PUT /v1/users/{userId}"] = async (c, t) => await DoneAsync(c.Users.PutProfileAsync("u", Features, t)),
            ["GET /v1/users/{userId}"] = async (c, t) => [await c.Users.ReadAsync("u", cancellationToken: t).FirstAsync(t)],
            ["DELETE /v1/users/{userId}"] = async (c, t) => await DoneAsync(c.Users.EraseAsync("u", t)),
            ["GET /v1/models"] = async (c, t) => [await c.Models.GetAsync(t)],
            ["POST /v1/models"] = async (c, t) => [await c.Models.PublishAsync("v", cancellationToken: t)],
            ["GET /v1/models/{version}"] = async (c, t) => [await c.Models.GetAsync("v", t)],
            ["PUT /v1/models/{version}"] = async (c, t) => await UploadAsync(c, t),
            ["POST /v1/models/{version}/activate"] = async (c, t) => [await c.Models.ActivateAsync("v", t)],
            ["GET /v1/trainings"] = async (c, t) => [await c.Trainings.GetAsync(cancellationToken: t)],
            ["GET /v1/trainings/{id}"] = async (c, t) => [await c.Trainings.GetAsync("t", t)],
            ["POST /v1/trainings"] = async (c, t) => [await c.Trainings.StartAsync(new() { Reason = "new catalogue" }, t)],
            ["GET /v1/experiments"] = async (c, t) => [await c.Experiments.GetAsync(t)],
            ["GET /v1/experiments/{name}"] = async (c, t) => [await c.Experiments.GetAsync("e", t)],
            ["PUT /v1/experiments/{name}"] = async (c, t) => [await c.Experiments.StartAsync("e", Plan, t)],
            ["POST /v1/experiments/{name}/promote"] = async (c, t) => [await c.Experiments.PromoteAsync("e", "a", t)],
            ["POST /v1/experiments/{name}/stop"] = async (c, t) => [await c.Experiments.StopAsync("e", t)],
            ["DELETE /v1/experiments/{name}"] = async (c, t) => await DoneAsync(c.Experiments.DeleteAsync("e", t)),
            ["GET /v1/keys"] = async (c, t) => [await c.Keys.GetAsync(t)],
            ["POST /v1/keys"] = async (c, t) => [await c.Keys.MakeAsync(new() { Note = "n", Scopes = ["rank"], ExpiresAt = Noon }, t)],
            ["DELETE /v1/keys/{id}"] = async (c, t) => await DoneAsync(c.Keys.RevokeAsync("k", t)),
            ["GET /v1/overview"] = async (c, t) => [await c.Server.GetOverviewAsync(t)],
            ["GET /v1/schema"] = async (c, t) => [await c.Server.GetSchemaAsync(t)],
            ["GET /v1/cluster"] = async (c, t) => [await c.Server.GetClusterAsync(t)],
            ["GET /v1/settings"] = async (c, t) => [await c.Server.GetSettingsAsync(t)],
        };

    private static async Task<object?[]> DoneAsync(params Task[] calls)
    {
        await Task.WhenAll(calls);
        return [];
    }

    private static async Task<object?[]> UploadAsync(IDinOrleansClient client, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("version-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "manifest.json"), "{}", cancellationToken);
            await client.Models.UploadAsync("v", folder, cancellationToken: cancellationToken);
            return [];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
