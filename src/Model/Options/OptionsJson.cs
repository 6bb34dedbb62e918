using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace DinOrleans.Model.Options;

/// <summary>Options as JSON, read strictly: names and enum values exactly as they are written, each once, and every error by its field.</summary>
public static class OptionsJson
{
    /// <summary>How options are written.</summary>
    public static JsonSerializerOptions Serializer { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Parses an object.</summary>
    /// <param name="json">Its text; null or white space is an empty one.</param>
    /// <exception cref="InvalidDataException">It is not JSON, not an object, or states a field twice; the message says which, without saying of what.</exception>
    public static JsonObject Parse(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return [];
        }

        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(json);
            root = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"must be valid JSON; {JsonProblem.Describe(e)}", e);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException("must be an object");
        }

        try
        {
            return Twice("", root).FirstOrDefault() is { } field
                ? throw new InvalidDataException($"{field} is stated twice")
                : JsonObject.Create(root)!;
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException("must have names that are valid Unicode", e);
        }
    }

    /// <summary>Reads options whose fields are as <typeparamref name="T"/> has them; one that is not stated keeps its default.</summary>
    /// <param name="json">The options.</param>
    /// <param name="problems">Gets every broken rule, such as "topUnits[1] must be a whole number".</param>
    /// <returns>Null where a rule is broken.</returns>
    public static T? Read<T>(JsonObject json, ICollection<string> problems)
        where T : class
    {
        List<string> broken = [.. Broken(json, typeof(T), Serializer)];
        broken.ForEach(problems.Add);
        return broken.Count == 0 ? json.Deserialize<T>(Serializer) : null;
    }

    /// <summary>Every broken rule of an object that is to be read as a type, by field.</summary>
    internal static IEnumerable<string> Broken(JsonObject json, Type type, JsonSerializerOptions serializer) =>
        FieldRules.OfObject("", serializer.GetTypeInfo(type), json, serializer);

    /// <summary>The paths of fields that an object states more than once.</summary>
    private static IEnumerable<string> Twice(string path, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (string twice in element.EnumerateArray().SelectMany((item, i) => Twice($"{path}[{i}]", item)))
            {
                yield return twice;
            }
        }

        HashSet<string> names = [];
        IEnumerable<JsonProperty> fields = element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : [];
        foreach (JsonProperty field in fields)
        {
            string inner = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            foreach (string twice in names.Add(field.Name) ? Twice(inner, field.Value) : [inner])
            {
                yield return twice;
            }
        }
    }
}
