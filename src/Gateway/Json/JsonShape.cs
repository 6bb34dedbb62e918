using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DinOrleans.Gateway.Json;

/// <summary>
/// Finds out what is wrong with JSON that the serializer refused and that breaks no converter's rule: the serializer says where the fault is,
/// but says which one only in a text of its own. Reading the JSON once more costs only requests that are refused.
/// </summary>
internal static class JsonShape
{
    /// <summary>A member that the type does not have.</summary>
    public const string Unknown = "is not a field here";

    /// <summary>A member that occurs twice.</summary>
    public const string Repeated = "must occur once";

    /// <summary>A value that is not an object.</summary>
    public const string NotAnObject = "must be a JSON object";

    private const string NotAnArray = "must be a JSON array";

    /// <summary>The rule that the first fault in the JSON breaks; null where it has the shape of the type.</summary>
    /// <param name="json">Well-formed JSON.</param>
    /// <param name="type">The type that it should have the shape of.</param>
    public static string? FindBrokenRule(ReadOnlySpan<byte> json, JsonTypeInfo type)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        try
        {
            return FindBrokenRule(ref reader, type);
        }
        catch (JsonRuleException broken)
        {
            return broken.Rule;
        }
    }

    private static string? FindBrokenRule(ref Utf8JsonReader reader, JsonTypeInfo type)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                return reader.TokenType == JsonTokenType.StartObject ? InMembers(ref reader, type) : NotAnObject;
            case JsonTypeInfoKind.Dictionary:
                return reader.TokenType == JsonTokenType.StartObject ? InValues(ref reader, TypeOf(type, type.ElementType!)) : NotAnObject;
            case JsonTypeInfoKind.Enumerable:
                return reader.TokenType == JsonTokenType.StartArray ? InElements(ref reader, TypeOf(type, type.ElementType!)) : NotAnArray;
            default:
                // A converter of ours reads it.
                reader.Skip();
                return null;
        }
    }

    private static string? InMembers(ref Utf8JsonReader reader, JsonTypeInfo type)
    {
        bool[] seen = new bool[type.Properties.Count];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            int member = IndexOf(type.Properties, ref reader);
            if (member < 0)
            {
                return Unknown;
            }

            if (seen[member])
            {
                return Repeated;
            }

            seen[member] = true;
            reader.Read();
            if (FindBrokenRule(ref reader, TypeOf(type, type.Properties[member].PropertyType)) is { } rule)
            {
                return rule;
            }
        }

        return null;
    }

    private static string? InValues(ref Utf8JsonReader reader, JsonTypeInfo element)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (!seen.Add(TextConverter.ReadText(ref reader)))
            {
                return Repeated;
            }

            reader.Read();
            if (FindBrokenRule(ref reader, element) is { } rule)
            {
                return rule;
            }
        }

        return null;
    }

    private static string? InElements(ref Utf8JsonReader reader, JsonTypeInfo element)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (FindBrokenRule(ref reader, element) is { } rule)
            {
                return rule;
            }
        }

        return null;
    }

    private static int IndexOf(IList<JsonPropertyInfo> properties, ref Utf8JsonReader reader)
    {
        string name = TextConverter.ReadText(ref reader);
        for (int i = 0; i < properties.Count; i++)
        {
            if (name == properties[i].Name)
            {
                return i;
            }
        }

        return -1;
    }

    private static JsonTypeInfo TypeOf(JsonTypeInfo parent, Type type) => parent.Options.GetTypeInfo(type);
}
