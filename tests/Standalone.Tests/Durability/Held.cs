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
            var held = await http.GetFromJsonAsync<HeldUser>("/v1/users/" + user.Key, JsonSerializerOptions.Web, TestContext.Current.CancellationToken);
            Assert.Equal(held!.Behaviours.Select(e => e.Timestamp).Order(), held.Behaviours.Select(e => e.Timestamp));
            Assert.Equal(held.Behaviours.Count, held.Behaviours.Select(e => e.EventId).Distinct().Count());
            SentEvent[] acknowledged = [.. user.SelectMany(c => c.Acknowledged)];
            Assert.Empty(acknowledged.Except(held.Behaviours));
            Assert.True(!nothingElse || held.Behaviours.Count == acknowledged.Length);
        }
    }

    private sealed record HeldUser(IReadOnlyList<SentEvent> Behaviours);
}
