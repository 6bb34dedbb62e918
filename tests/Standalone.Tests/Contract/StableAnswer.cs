using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DinOrleans.Standalone.Tests.Contract;

/// <summary>Makes of an answer what every server gives: times, measurements of the machine and long lists are replaced or cut.</summary>
internal static partial class StableAnswer
{
    private const string Moment = "2026-05-01T12:00:00+00:00";
    private const int Digits = 3;
    private const int MostNumbers = 3;
    private const int MostSettings = 3;

    /// <summary>Members that measure the machine, each with the value that stands for it.</summary>
    private static readonly Dictionary<string, JsonNode> Measured = new(StringComparer.Ordinal)
    {
        ["memoryBytes"] = 536_870_912,
        ["memoryLimitBytes"] = 8_589_934_592,
        ["processorPercent"] = 12.5,
        ["rankingsPerSecond"] = 0,
        ["kernel"] = "ONNX Runtime",
    };

    /// <summary>Replaces what differs between servers.</summary>
    /// <param name="value">The JSON of an answer.</param>
    /// <param name="sent">The times of requests, which are kept.</param>
    public static JsonNode? Of(JsonNode? value, IReadOnlySet<string> sent) => value switch
    {
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, OfMember(m.Key, m.Value, sent)))),
        JsonArray { Count: > MostNumbers } numbers when numbers.All(IsNumber) => new JsonArray([.. numbers.Take(MostNumbers).Select(n => Of(n, sent))]),
        JsonArray settings when settings.Count > MostSettings && settings[0] is JsonObject first && IsSetting(first) => new JsonArray([.. settings.Take(MostSettings).Select(s => Of(s, sent))]),
        JsonArray elements => new JsonArray([.. elements.Select(e => Of(e, sent))]),
        JsonValue text when text.GetValueKind() == JsonValueKind.String => OfText((string)text!, sent),
        JsonValue number when IsNumber(number) => OfNumber(number.ToJsonString()),
        _ => value?.DeepClone(),
    };

    private static JsonNode? OfMember(string name, JsonNode? value, IReadOnlySet<string> sent) => name switch
    {
        "scorers" => new JsonObject(value!.AsObject().Select(m => KeyValuePair.Create<string, JsonNode?>(m.Key, new JsonObject
        {
            ["kernel"] = "ONNX Runtime",
            ["reason"] = "It was the fastest of those that can score the version.",
        }))),
        _ when Measured.TryGetValue(name, out JsonNode? measured) && value is JsonValue => measured.DeepClone(),
        _ => Of(value, sent),
    };

    private static JsonValue OfText(string text, IReadOnlySet<string> sent) => JsonValue.Create(Time().IsMatch(text) && !sent.Contains(text) ? Moment : text)!;

    private static JsonNode OfNumber(string number) => number.AsSpan().ContainsAny('.', 'e', 'E')
        ? JsonValue.Create(Math.Round(double.Parse(number, CultureInfo.InvariantCulture), Digits))
        : JsonNode.Parse(number)!;

    private static bool IsNumber(JsonNode? value) => value is JsonValue number && number.GetValueKind() == JsonValueKind.Number;

    /// <summary>True for a section of the settings and for a setting, of which a program has more than an example needs.</summary>
    private static bool IsSetting(JsonObject element) => element.ContainsKey("isGiven") || element.ContainsKey("section");

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Time();
}
