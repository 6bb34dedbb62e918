using System.Globalization;
using System.Text.Json.Nodes;
using DinOrleans.TestMachine;
using Json.Schema;

namespace DinOrleans.Standalone.Tests.Contract;

/// <summary>Holds requests and answers to their schemas in docs/openapi.json. An answer may not have a member that its schema does not have.</summary>
internal sealed class AnswerSchemas
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private readonly Dictionary<string, JsonObject> _operations;
    private readonly JsonObject _definitions;

    private AnswerSchemas(JsonObject document)
    {
        _operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).ToDictionary(o => (string)o.Value!["operationId"]!, o => o.Value!.AsObject());
        _definitions = document["components"]!["schemas"]!.AsObject();
        foreach (JsonObject schema in _definitions.Select(d => d.Value!.AsObject()).Where(s => s.ContainsKey("properties") && !s.ContainsKey("additionalProperties")))
        {
            schema["additionalProperties"] = false;
        }
    }

    /// <summary>The operations of the document.</summary>
    public IReadOnlyCollection<string> Operations => _operations.Keys;

    /// <summary>Reads the document.</summary>
    public static AnswerSchemas Read() => new(JsonNode.Parse(File.ReadAllText(RepositoryFolder.Of("docs/openapi.json")))!.AsObject());

    /// <summary>Returns what is wrong with an answer.</summary>
    public IReadOnlyList<string> CheckAnswer(string operation, JsonObject answer)
    {
        string status = ((int)answer["status"]!).ToString(CultureInfo.InvariantCulture);
        JsonNode? response = _operations[operation]["responses"]![status];
        return response is null
            ? [$"{operation} does not document the status {status}"]
            : Check($"{operation} {status}", response, (string?)answer["headers"]?["content-type"], answer["body"]);
    }

    /// <summary>Returns what is wrong with the body of a request that the server has taken.</summary>
    public IReadOnlyList<string> CheckRequest(string operation, string? type, JsonNode? body) =>
        Check(operation, _operations[operation]["requestBody"], type, body);

    private List<string> Check(string what, JsonNode? described, string? type, JsonNode? body)
    {
        JsonNode? schema = described?["content"]?[type?.Split(';')[0] ?? ""]?["schema"];
        if (body is null || schema is null)
        {
            return body is null ? [] : [$"{what} does not document a body of the type {type}"];
        }

        var bundle = new JsonObject { ["$defs"] = _definitions.DeepClone(), ["allOf"] = new JsonArray(schema.DeepClone()) };
        JsonSchema compiled = JsonSchema.FromText(bundle.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal));
        EvaluationResults results = compiled.Evaluate(body, Options);
        return results.IsValid
            ? []
            : [.. results.Details.Where(d => d.HasErrors).SelectMany(d => d.Errors!.Select(e => $"{what} {d.InstanceLocation}: {e.Value} ({d.EvaluationPath})"))];
    }
}
