using System.Text.Json.Nodes;

namespace DinOrleans.TestMachine.Contract;

/// <summary>A request of the recorded session with its answer.</summary>
/// <param name="json">The exchange in the file. A new answer is written into it.</param>
public sealed class SessionExchange(JsonObject json)
{
    private readonly JsonObject _request = json["request"]!.AsObject();

    /// <summary>The name of the exchange, which no other one has.</summary>
    public string Name { get; } = (string)json["name"]!;

    /// <summary>The operation that is called.</summary>
    public string Operation { get; } = (string)json["operation"]!;

    /// <summary>The method of the request.</summary>
    public string Method => (string)_request["method"]!;

    /// <summary>The path of the request with its query, encoded.</summary>
    public string Path => (string)_request["path"]!;

    /// <summary>The headers of the request that matter, by names in lower case.</summary>
    public IReadOnlyDictionary<string, string> Headers => Texts(_request["headers"]);

    /// <summary>The body of the request: JSON, or a text of another type. Null where there is none.</summary>
    public JsonNode? Body => _request["body"];

    /// <summary>The name of the version whose tar is the body; null for other bodies.</summary>
    public string? File => (string?)_request["file"];

    /// <summary>Names that the recording gives to values of the answer, by the path of the member, for example "info.id".</summary>
    public IReadOnlyDictionary<string, string> Captures => Texts(json["captures"]);

    /// <summary>The answer as recorded; null where it was not recorded yet.</summary>
    public JsonObject? Answer
    {
        get => json["response"]?.AsObject();
        set => json["response"] = value;
    }

    /// <summary>The status of the answer; null where it was not recorded yet.</summary>
    public int? Status => (int?)Answer?["status"];

    /// <summary>The headers of the answer that matter, by names in lower case.</summary>
    public IReadOnlyDictionary<string, string> AnswerHeaders => Texts(Answer?["headers"]);

    /// <summary>The JSON of the answer; null where it has no body.</summary>
    public JsonNode? AnswerBody => Answer?["body"];

    private static Dictionary<string, string> Texts(JsonNode? node) =>
        node?.AsObject().ToDictionary(m => m.Key, m => (string)m.Value!, StringComparer.Ordinal) ?? [];
}
