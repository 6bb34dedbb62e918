using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Processes;

namespace DinOrleans.Standalone.Tests.Trainings;

/// <summary>Trainings of a server that runs: asked for over REST, from its live log, and through the death of the process.</summary>
[Trait("Category", "Slow")]
public sealed class TrainingServiceTests : IDisposable
{
    /// <summary>Long enough to be killed in the middle, on the tiny shop.</summary>
    private const string LongTraining = """{"din":{"training":{"epochs":80,"patience":80}}}""";

    private readonly TinyShop _shop = new();

    /// <summary>Versions become active at once, without shadow and canary.</summary>
    private IEnumerable<string> Arguments => [.. _shop.Arguments, "--Experiments:RollOut", "Immediate"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_OverRest_TrainsFromTheLiveLogAndTheVersionBecomesActive()
    {
        await using StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, Arguments);
        await server.LineAsync("curl", Cancellation);
        object click = new { eventId = "e1", userId = "newcomer", itemId = _shop.ItemIds[0], type = "click", timestamp = DateTimeOffset.UtcNow };
        (await server.Http.PostAsJsonAsync("/v1/events", new { events = new[] { click } }, Cancellation)).EnsureSuccessStatusCode();

        JsonElement asked = await StartAsync(server, "a test");
        JsonElement training = await StateAsync(server, asked.GetProperty("id").GetString()!, "published");
        Assert.Equal(("hand", "a test", 1), (Text(training, "trigger"), Text(training, "reason"), training.GetProperty("attempt").GetInt32()));
        Assert.NotEmpty(training.GetProperty("curve").EnumerateArray());
        string[] gates = [.. training.GetProperty("gates").EnumerateArray().Select(g => Text(g, "name")!)];
        Assert.Equal(["gauc", "logLoss", "calibration", "storedSample", "loadTime"], gates);
        string version = Text(training, "version")!;
        await IsActiveAsync(server, version);
        Assert.False(Directory.Exists(Path.Combine(_shop.Data, "trainings", Text(training, "id")!)));

        JsonElement second = await StateAsync(server, Text(await StartAsync(server, "again"), "id")!, "published");
        Assert.Equal(version, Text(second, "startedFrom"));
        await IsActiveAsync(server, Text(second, "version")!);
        Assert.Equal(0, await server.InterruptAsync(Cancellation));
    }

    [Fact]
    public async Task Kill_DuringATraining_TheNextProcessGoesOnFromTheCheckpointAndPublishes()
    {
        string[] arguments = [.. Arguments, "--Training:Options", LongTraining];
        string id;
        string firstEpoch;
        await using (StandaloneProcess server = await StandaloneProcess.StartAsync(Cancellation, arguments))
        {
            await server.LineAsync("curl", Cancellation);
            id = Text(await StartAsync(server, "to be killed"), "id")!;
            JsonElement running = await TrainingAsync(server, id, t => t.GetProperty("curve").GetArrayLength() >= 2);
            Assert.Equal("running", Text(running, "state"));
            firstEpoch = running.GetProperty("curve")[0].GetRawText();
            await server.KillAsync(Cancellation);
        }

        await using StandaloneProcess next = await StandaloneProcess.StartAsync(Cancellation, arguments);
        JsonElement training = await StateAsync(next, id, "published");
        Assert.Equal((2, 1), (training.GetProperty("attempt").GetInt32(), training.GetProperty("failures").GetInt32()));
        Assert.Equal(Enumerable.Range(1, 80), training.GetProperty("curve").EnumerateArray().Select(p => p.GetProperty("epoch").GetInt32()));
        Assert.Equal(firstEpoch, training.GetProperty("curve")[0].GetRawText());
        await IsActiveAsync(next, Text(training, "version")!);
    }

    public void Dispose() => _shop.Dispose();

    private static Task IsActiveAsync(StandaloneProcess server, string version) =>
        server.WaitAsync("/v1/models", models => models.Contains($"\"active\":\"{version}\"", StringComparison.Ordinal), Cancellation);

    private static async Task<JsonElement> StartAsync(StandaloneProcess server, string reason)
    {
        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync("/v1/trainings", new { reason }, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    /// <summary>Waits until a training is in a state; one that ends otherwise fails the test with what it says.</summary>
    private static async Task<JsonElement> StateAsync(StandaloneProcess server, string id, string state)
    {
        JsonElement training = await TrainingAsync(server, id, t => Text(t, "state") == state || t.TryGetProperty("endedAt", out _));
        Assert.True(Text(training, "state") == state, $"{training}\n{server.Output}");
        return training;
    }

    private static async Task<JsonElement> TrainingAsync(StandaloneProcess server, string id, Func<JsonElement, bool> condition)
    {
        JsonElement training = default;
        await server.WaitAsync(
            $"/v1/trainings/{id}",
            body =>
            {
                training = JsonElement.Parse(body);
                return condition(training);
            },
            Cancellation);
        return training;
    }

    private static string? Text(JsonElement element, string member) => element.TryGetProperty(member, out JsonElement value) ? value.GetString() : null;
}
