using System.Text.Json;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Datasets.Shoppers.Http;

/// <summary>A page of <c>GET /v1/users/{userId}</c>.</summary>
internal static class UserJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>Adds the page's events.</summary>
    /// <returns>Where the next page with events starts; null where there is none, since a user's rankings come after all of their events.</returns>
    public static string? Read(JsonElement page, List<BehaviourEvent> events)
    {
        events.AddRange(page.GetProperty("behaviours").EnumerateArray().Select(e => e.Deserialize<BehaviourEvent>(Options)!));
        bool hasRankings = page.GetProperty("rankings").GetArrayLength() > 0;
        return !hasRankings && page.TryGetProperty("next", out JsonElement next) ? next.GetString() : null;
    }
}
