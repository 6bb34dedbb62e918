using System.Text.Json;
using System.Text.Json.Nodes;

namespace DinOrleans.Gateway.Tests.Clients;

/// <summary>Makes JSON with every member that schemas of an OpenAPI document have.</summary>
/// <param name="document">The document.</param>
internal sealed class SchemaSamples(JsonElement document)
{
    /// <summary>The JSON of the schema of an answer or a request; null where it has none.</summary>
    /// <param name="part">The response or the request body of an operation.</param>
    public JsonNode? Sample(JsonElement part)
    {
        return part.TryGetProperty("content", out JsonElement content) && content.TryGetProperty("application/json", out JsonElement json)
            ? Make(json.GetProperty("schema"))
            : null;
    }

    /// <summary>The paths of all members, such as "items[].itemId".</summary>
    public static IEnumerable<string> Paths(JsonNode? node, string at = "") => node switch
    {
        JsonObject members => members.SelectMany(m => Paths(m.Value, $"{at}.{m.Key}").Prepend($"{at}.{m.Key}")),
        JsonArray elements => elements.SelectMany(e => Paths(e, at + "[]")),
        _ => [],
    };

    private JsonNode? Make(JsonElement schema)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            string name = reference.GetString()!;
            return Make(document.GetProperty("components").GetProperty("schemas").GetProperty(name[(name.LastIndexOf('/') + 1)..]));
        }

        foreach (string choice in (string[])["oneOf", "anyOf", "allOf"])
        {
            if (schema.TryGetProperty(choice, out JsonElement choices))
            {
                return Make(choices.EnumerateArray().First(c => !c.TryGetProperty("type", out JsonElement type) || type.ValueKind == JsonValueKind.Array || type.GetString() != "null"));
            }
        }

        string[] types = Types(schema);
        return types.Contains("object") ? MakeObject(schema)
            : types.Contains("array") ? new JsonArray(Make(schema.GetProperty("items")))
            : types.Contains("boolean") ? true
            : types.Contains("integer") ? 1
            : types.Contains("number") ? 0.5
            : Text(schema.TryGetProperty("format", out JsonElement format) ? format.GetString() : null);
    }

    private static string Text(string? format) => format switch
    {
        "date-time" => "2026-05-01T12:00:00+00:00",
        "date" => "2026-05-01",
        _ => "text",
    };

    private JsonObject MakeObject(JsonElement schema)
    {
        var made = new JsonObject();
        if (schema.TryGetProperty("properties", out JsonElement properties))
        {
            foreach (JsonProperty property in properties.EnumerateObject())
            {
                made[property.Name] = Make(property.Value);
            }
        }

        if (schema.TryGetProperty("additionalProperties", out JsonElement values) && values.ValueKind == JsonValueKind.Object)
        {
            made["key"] = Make(values);
        }

        return made;
    }

    private static string[] Types(JsonElement schema) =>
        !schema.TryGetProperty("type", out JsonElement type) ? schema.TryGetProperty("properties", out _) ? ["object"] : []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)]
        : [type.GetString()!];
}
