using System.Text.Json;

namespace DinOrleans.Training.Checkpoints;

/// <summary>Finds where two JSON texts differ.</summary>
internal static class JsonDifference
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Finds the first difference, for example <c>training.epochs is 3 there, 5 here</c>.</summary>
    /// <param name="there">The text that the message calls "there".</param>
    /// <param name="here">The text that the message calls "here".</param>
    /// <returns>The difference, or null if there is none.</returns>
    /// <exception cref="JsonException">A text is not JSON, or has an object with two properties of one name.</exception>
    public static string? Find(string there, string here)
    {
        using var left = JsonDocument.Parse(there, Strict);
        using var right = JsonDocument.Parse(here, Strict);
        return Find("", left.RootElement, right.RootElement);
    }

    private static string? Find(string path, JsonElement there, JsonElement here)
    {
        if (there.ValueKind == JsonValueKind.Object && here.ValueKind == JsonValueKind.Object)
        {
            return there.EnumerateObject().Select(p => p.Name)
                .Union(here.EnumerateObject().Select(p => p.Name))
                .Select(name => Find(path.Length == 0 ? name : $"{path}.{name}", Field(there, name), Field(here, name)))
                .FirstOrDefault(d => d is not null);
        }

        if (there.ValueKind == JsonValueKind.Array && here.ValueKind == JsonValueKind.Array && there.GetArrayLength() == here.GetArrayLength())
        {
            return there.EnumerateArray().Zip(here.EnumerateArray())
                .Select((pair, i) => Find($"{path}[{i}]", pair.First, pair.Second))
                .FirstOrDefault(d => d is not null);
        }

        return there.ValueKind == here.ValueKind && JsonElement.DeepEquals(there, here) ? null : $"{path} is {Show(there)} there, {Show(here)} here";
    }

    private static JsonElement Field(JsonElement of, string name) => of.TryGetProperty(name, out JsonElement value) ? value : default;

    private static string Show(JsonElement value) => value.ValueKind == JsonValueKind.Undefined ? "missing" : value.GetRawText().ReplaceLineEndings("");
}
