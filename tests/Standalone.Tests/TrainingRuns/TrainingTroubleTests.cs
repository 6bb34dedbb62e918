using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Clustering;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.TrainingRuns;

/// <summary>Trainings of a server that loses what they need: serving goes on, and so does the training once it is back.</summary>
[Trait("Category", "Slow")]
public sealed class TrainingTroubleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Category", "Root")]
    public async Task FullDisk_DuringATraining_ServingGoesOnAndTheTrainingIsTriedAgainByRule()
    {
        using SmallDisk? disk = SmallDisk.TryMount(megabytes: 8, out string whyNot);
        Assert.SkipWhen(disk is null, whyNot);
        using var shop = new TinyShop();

        // Only what trainings keep is on the small disk.
        Directory.CreateDirectory(shop.Data);
        Directory.CreateSymbolicLink(Path.Combine(shop.Data, "trainings"), disk.Path);
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(
            Cancellation, [.. shop.Arguments, "--Experiments:RollOut", "Immediate", "--TrainingQueue:RetryAfter", "00:00:01", "--TrainingQueue:Retries", "100", "--Training:Niceness", "0"]);
        await server.LineAsync("curl", Cancellation);
        string serving = await ActiveAsync(server);
        disk.Fill();
        string id = Trainings.Text(await Trainings.StartAsync(server, "on a full disk"), "id")!;
        JsonElement failed = await Trainings.UntilAsync(server, id, t => t.GetProperty("failures").GetInt32() >= 2);
        Assert.Contains("No space left on device", Trainings.Text(failed, "error"), StringComparison.Ordinal);
        await AssertServesAsync(server, shop);
        Assert.Equal(serving, await ActiveAsync(server));

        disk.Free();
        JsonElement training = await Trainings.StateAsync(server, id, "published");
        Assert.True(training.GetProperty("attempt").GetInt32() > 2, $"{training}");
        await Trainings.IsActiveAsync(server, Trainings.Text(training, "version")!);
        await IsEmptyAsync(disk.Path);
    }

    [Fact]
    [Trait("Category", "PostgreSql")]
    public async Task LostDatabase_DuringATraining_ItGoesOnOrIsTriedAgainAndIsPublishedOnce()
    {
        using var cluster = new PostgresShop();
        await using StandaloneProcess server = await cluster.StartAsync(
            FreePort.Take(3),
            Cancellation,
            "--Experiments:RollOut", "Immediate", "--TrainingQueue:RetryAfter", "00:00:01", "--Training:Options", TrainingServiceTests.LongTraining, "--Training:Niceness", "0");
        await server.LineAsync("curl", Cancellation);
        string id = Trainings.Text(await Trainings.StartAsync(server, "to lose its database"), "id")!;
        JsonElement running = await Trainings.UntilAsync(server, id, t => t.GetProperty("curve").GetArrayLength() >= 2);
        Assert.Equal("running", Trainings.Text(running, "state"));

        cluster.Server.Stop();
        await Eventually.BecomesAsync("an event is refused", () => PostEventAsync(server, cluster.Shop), s => s == HttpStatusCode.ServiceUnavailable, cancellationToken: Cancellation);
        cluster.Server.Start();

        JsonElement training = await Trainings.StateAsync(server, id, "published");
        string version = Trainings.Text(training, "version")!;
        await Trainings.IsActiveAsync(server, version);
        Assert.Equal(Enumerable.Range(1, TrainingServiceTests.Epochs), training.GetProperty("curve").EnumerateArray().Select(p => p.GetProperty("epoch").GetInt32()));
        Assert.Equal(running.GetProperty("curve")[0].GetRawText(), training.GetProperty("curve")[0].GetRawText());
        await AssertServesAsync(server, cluster.Shop);
        await IsEmptyAsync(Path.Combine(cluster.Shop.Data, "trainings"));
        JsonElement all = JsonElement.Parse(await server.Http.GetStringAsync("/v1/trainings", Cancellation));
        Assert.Equal([id], all.GetProperty("trainings").EnumerateArray().Select(t => Trainings.Text(t, "id")));
        string[] versions = [.. Directory.GetDirectories(Path.Combine(cluster.Shop.Data, "versions")).Select(d => Path.GetFileName(d)).Order()];
        Assert.Equal(new[] { Path.GetFileName(cluster.Shop.Artifact), version }.Order(), versions);
    }

    /// <summary>Nothing is left of trainings that are over.</summary>
    private static Task<string[]> IsEmptyAsync(string trainings) => Eventually.BecomesAsync(
        "the training's folder is gone", () => Directory.GetFileSystemEntries(trainings), left => left.Length == 0, cancellationToken: Cancellation);

    private static async Task<string> ActiveAsync(StandaloneProcess server) =>
        JsonElement.Parse(await server.Http.GetStringAsync("/v1/models", Cancellation)).GetProperty("active").GetString()!;

    private static async Task<HttpStatusCode> PostEventAsync(StandaloneProcess server, TinyShop shop)
    {
        object click = new { eventId = "e1", userId = "someone", itemId = shop.ItemIds[0], type = "click", timestamp = DateTimeOffset.UtcNow.AddMinutes(-1) };
        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync("/v1/events", new { events = new[] { click } }, Cancellation);
        return answer.StatusCode;
    }

    /// <summary>Takes an event and ranks with the model.</summary>
    private static async Task AssertServesAsync(StandaloneProcess server, TinyShop shop)
    {
        Assert.Equal(HttpStatusCode.OK, await PostEventAsync(server, shop));
        using HttpResponseMessage ranked = await server.Http.PostAsJsonAsync(
            "/v1/rank", new { userId = "someone", candidates = shop.ItemIds.Take(5).Select(itemId => new { itemId }) }, Cancellation);
        Assert.Equal(HttpStatusCode.OK, ranked.StatusCode);
        Assert.Equal("model", Trainings.Text(await ranked.Content.ReadFromJsonAsync<JsonElement>(Cancellation), "source"));
    }
}
