using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets;

namespace DinOrleans.Standalone.Tests.Clustering;

/// <summary>Puts the items and events of a dataset into a running server, over REST.</summary>
internal static class DatasetUpload
{
    public static async Task SendAsync(HttpClient http, string folder, CancellationToken cancellationToken)
    {
        DatasetFolder dataset = DatasetFolder.Open(folder);
        foreach (Item[] items in dataset.ReadItems().Chunk(1_000))
        {
            var body = new { items = items.Select(i => new { itemId = i.ItemId, features = i.Features }) };
            using HttpResponseMessage answer = await http.PutAsJsonAsync("/v1/items", body, cancellationToken);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }

        foreach (BehaviourEvent[] events in dataset.ReadEvents().Chunk(1_000))
        {
            var body = new { events = events.Select(e => new { e.EventId, e.UserId, e.ItemId, e.Type, e.Timestamp, e.RankingId, e.Context }) };
            using HttpResponseMessage answer = await http.PostAsJsonAsync("/v1/events", body, JsonSerializerOptions.Web, cancellationToken);
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }
    }
}
