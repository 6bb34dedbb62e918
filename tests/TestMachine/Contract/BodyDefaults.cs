using System.Text.Json.Nodes;

namespace DinOrleans.TestMachine.Contract;

/// <summary>
/// Takes members with their default value out of the bodies of requests: a client may send what another one leaves out. The defaults are those of
/// docs/openapi.json.
/// </summary>
internal static class BodyDefaults
{
    private static readonly Lazy<ILookup<string, JsonNode>> Defaults = new(Read);

    /// <summary>The body without members that say what the server assumes anyway.</summary>
    public static JsonNode? Without(JsonNode? body) => body switch
    {
        JsonObject members => new JsonObject(members.Where(m => !IsDefault(m.Key, m.Value)).Select(m => KeyValuePair.Create(m.Key, Without(m.Value)))),
        JsonArray elements => new JsonArray([.. elements.Select(Without)]),
        _ => body?.DeepClone(),
    };

    private static bool IsDefault(string name, JsonNode? value) => Defaults.Value[name].Any(d => JsonNode.DeepEquals(d, value));

    private static ILookup<string, JsonNode> Read() => JsonNode.Parse(File.ReadAllText(RepositoryFolder.Of("docs/openapi.json")))!["components"]!["schemas"]!.AsObject()
        .SelectMany(schema => schema.Value!["properties"]?.AsObject().ToArray() ?? [])
        .Where(member => member.Value!["default"] is not null)
        .ToLookup(member => member.Key, member => member.Value!["default"]!, StringComparer.Ordinal);
}
