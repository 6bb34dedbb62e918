using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Processes;

/// <summary>The experiments of a server, over REST.</summary>
internal static class Experiments
{
    /// <summary>Stops all that have not ended, and waits until they have.</summary>
    public static Task EndAllAsync(HttpClient http, CancellationToken cancellationToken) => Eventually.BecomesAsync(
        "no experiment goes on",
        async () =>
        {
            string[] open = await OpenAsync(http, cancellationToken);
            foreach (string name in open)
            {
                // One may end by itself meanwhile, and one that is being promoted cannot be stopped any more.
                using HttpResponseMessage answer = await http.PostAsJsonAsync($"/v1/experiments/{name}/stop", new { }, cancellationToken);
                Assert.True(answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.Conflict, await answer.Content.ReadAsStringAsync(cancellationToken));
            }

            return await OpenAsync(http, cancellationToken);
        },
        open => open.Length == 0,
        cancellationToken: cancellationToken);

    private static async Task<string[]> OpenAsync(HttpClient http, CancellationToken cancellationToken)
    {
        JsonElement answer = await http.GetFromJsonAsync<JsonElement>("/v1/experiments", cancellationToken);
        return [.. answer.GetProperty("experiments").EnumerateArray().Where(e => !e.TryGetProperty("endedAt", out _)).Select(e => e.GetProperty("name").GetString()!)];
    }
}
