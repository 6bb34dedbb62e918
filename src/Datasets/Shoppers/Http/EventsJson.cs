using System.Text.Json;
using System.Text.Json.Serialization;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Datasets.Shoppers.Http;

/// <summary>The body of <c>POST /v1/events</c>, whose members are those of <see cref="BehaviourEvent"/>.</summary>
internal static class EventsJson
{
    private static readonly JsonSerializerOptions Options =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static byte[] Request(IReadOnlyList<BehaviourEvent> events) => JsonSerializer.SerializeToUtf8Bytes(new { events }, Options);
}
