using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using DinOrleans.Grains.Scoring;

namespace DinOrleans.Contracts.Tests.Serialization;

/// <summary>What a value of the wire holds, as JSON in which each member goes by its number, as it does on the wire.</summary>
internal static class WireContent
{
    /// <summary>Everything that a value holds.</summary>
    public static JsonNode? Of(object? value)
    {
        if (value is not null && ContractTypes.Written.Contains(value.GetType()))
        {
            return new JsonObject(ContractTypes.State(value.GetType()).Select(member =>
                KeyValuePair.Create($"{member.GetCustomAttribute<IdAttribute>()!.Id}", Of(member.GetValue(value)))));
        }

        return value switch
        {
            string text => text,
            FloatBlock block => List(block.Span.ToArray()),
            ReadOnlyMemory<float> floats => List(floats.ToArray()),
            ReadOnlyMemory<byte> bytes => List(bytes.ToArray()),
            IDictionary entries => new JsonObject(entries.Keys.Cast<string>().Order(StringComparer.Ordinal).Select(key => KeyValuePair.Create(key, Of(entries[key])))),
            IEnumerable items => List(items),
            _ => JsonSerializer.SerializeToNode(value),
        };
    }

    /// <summary>Tells whether a value holds everything that another one does. It may hold more members, which a later build has brought.</summary>
    public static bool Holds(JsonNode? value, JsonNode? other) => (value, other) switch
    {
        (JsonObject all, JsonObject some) => some.All(member => all.TryGetPropertyValue(member.Key, out JsonNode? held) && Holds(held, member.Value)),
        (JsonArray all, JsonArray some) => all.Count == some.Count && all.Zip(some).All(pair => Holds(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(value, other),
    };

    private static JsonArray List(IEnumerable items) => new([.. items.Cast<object?>().Select(Of)]);
}
