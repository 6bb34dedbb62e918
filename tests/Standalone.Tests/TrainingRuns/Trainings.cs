using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Processes;

namespace DinOrleans.Standalone.Tests.TrainingRuns;

/// <summary>Starts trainings over REST and waits for what becomes of them.</summary>
internal static class Trainings
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task IsActiveAsync(StandaloneProcess server, string version) =>
        server.WaitAsync("/v1/models", models => models.Contains($"\"active\":\"{version}\"", StringComparison.Ordinal), Cancellation);

    public static async Task<JsonElement> StartAsync(StandaloneProcess server, string reason)
    {
        using HttpResponseMessage answer = await server.Http.PostAsJsonAsync("/v1/trainings", new { reason }, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    /// <summary>Waits until a training is in a state; one that ends otherwise fails the test with what it says.</summary>
    public static async Task<JsonElement> StateAsync(StandaloneProcess server, string id, string state)
    {
        JsonElement training = await UntilAsync(server, id, t => Text(t, "state") == state || t.TryGetProperty("endedAt", out _));
        Assert.True(Text(training, "state") == state, $"{training}\n{server.Output}");
        return training;
    }

    public static async Task<JsonElement> UntilAsync(StandaloneProcess server, string id, Func<JsonElement, bool> condition)
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

    /// <summary>
    /// An attempt ended without a report, and a later one went on. There may be more of both: a service asks again where the cluster takes long to answer.
    /// </summary>
    public static void AssertTakenUpAgain(JsonElement training) =>
        Assert.True(training.GetProperty("attempt").GetInt32() >= 2 && training.GetProperty("failures").GetInt32() >= 1, $"{training}");

    public static string? Text(JsonElement element, string member) => element.TryGetProperty(member, out JsonElement value) ? value.GetString() : null;
}
