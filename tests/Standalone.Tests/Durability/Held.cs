using System.Net.Http.Json;
using System.Text.Json;

namespace DinOrleans.Standalone.Tests.Durability;

/// <summary>What a server says it holds, against what it acknowledged.</summary>
internal static class Held
{
    /// <summary>Every acknowledged event is there, none twice, in the order of time.</summary>
    /// <param name="http">The server.</param>
    /// <param name="clients">Every client that posts events of these users.</param>
    /// <param name="nothingElse">Whether there is no more than what was acknowledged.</param>
    public static async Task AssertAsync(HttpClient http, EventClient[] clients, bool nothingElse = false)
    {
        foreach (IGrouping<string, EventClient> user in clients.GroupBy(c => c.UserId))
        {
            List<SentEvent> held = await AllAsync(http, user.Key);
            Assert.Equal(held.Select(e => e.Timestamp).Order(), held.Select(e => e.Timestamp));
            Assert.Equal(held.Count, held.Select(e => e.EventId).Distinct().Count());
            SentEvent[] acknowledged = [.. user.SelectMany(c => c.Acknowledged)];
            Assert.Empty(acknowledged.Except(held));
            Assert.True(!nothingElse || held.Count == acknowledged.Length);
        }
    }

    /// <summary>Every event of a user.</summary>
    public static async Task<List<SentEvent>> AllAsync(HttpClient http, string userId)
    {
        List<SentEvent> all = [];
        string after = "";
        do
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri($"/v1/users/{userId}{after}", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
            var page = await answer.Content.ReadFromJsonAsync<HeldPage>(JsonSerializerOptions.Web, TestContext.Current.CancellationToken);
            all.AddRange(page!.Behaviours);
            after = page.Next is null ? "" : "?after=" + page.Next;
        }
        while (after.Length > 0);
        return all;
    }

    private sealed record HeldPage(IReadOnlyList<SentEvent> Behaviours, string? Next);
}
