using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Options;

/// <summary>Reads options from JSON strictly: names and enum values must be spelled exactly, each field may occur once, and every error names its field.</summary>
public static class OptionsJson
{
    /// <summary>How options are written.</summary>
    public static JsonSerializerOptions Serializer { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Parses an object.</summary>
    /// <param name="json">The text of the object; null or white space is an empty one.</param>
    /// <exception cref="InvalidContentException">The text is not JSON, is not an object, or states a field twice. The message does not say what the text is for.</exception>
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
            throw new InvalidContentException($"must be valid JSON; {JsonProblem.Describe(e)}", e);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidContentException("must be an object");
        }

        try
        {
            return Twice("", root).FirstOrDefault() is { } field
                ? throw new InvalidContentException($"{field} is stated twice")
                : JsonObject.Create(root)!;
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidContentException("must have names that are valid Unicode", e);
        }
    }

    /// <summary>Reads options of a type. A field that is not stated keeps its default.</summary>
    /// <param name="json">The options.</param>
    /// <param name="problems">Takes every broken rule, such as "topUnits[1] must be a whole number".</param>
    /// <returns>The options, or null if a rule is broken.</returns>
    public static T? Read<T>(JsonObject json, ICollection<string> problems)
        where T : class
    {
        List<string> broken = [.. Check(json, typeof(T), Serializer)];
        broken.ForEach(problems.Add);
        return broken.Count == 0 ? json.Deserialize<T>(Serializer) : null;
    }

    /// <summary>Checks an object that is to be read as a type.</summary>
    /// <returns>Every broken rule, by field.</returns>
    internal static IEnumerable<string> Check(JsonObject json, Type type, JsonSerializerOptions serializer) =>
        FieldRules.CheckObject("", serializer.GetTypeInfo(type), json, serializer);

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
