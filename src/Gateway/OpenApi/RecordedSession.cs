using System.Text.Json;
using System.Text.Json.Nodes;

namespace DinOrleans.Gateway.OpenApi;

/// <summary>Requests to a server with the answers that it gave, which are the examples of the description.</summary>
internal sealed class RecordedSession
{
    private const string Resource = "api/session.json";

    private readonly ILookup<string, RecordedExchange> _exchanges;

    public RecordedSession()
    {
        using Stream stream = typeof(RecordedSession).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("The recorded session is not embedded in the assembly.");
        RecordedExchanges read = JsonSerializer.Deserialize<RecordedExchanges>(stream, JsonSerializerOptions.Web)!;
        _exchanges = read.Exchanges.ToLookup(e => e.Operation, StringComparer.Ordinal);
    }

    /// <summary>The exchanges of an operation, in the order in which they were recorded.</summary>
    public IEnumerable<RecordedExchange> Of(string operation) => _exchanges[operation];
}

/// <summary>The content of the file.</summary>
internal sealed record RecordedExchanges(IReadOnlyList<RecordedExchange> Exchanges);

/// <summary>A request and its answer.</summary>
/// <param name="Name">The name of the exchange, which no other one has.</param>
/// <param name="Operation">The operation that was called.</param>
/// <param name="Summary">What the request asks for, in a few words.</param>
/// <param name="Request">The request.</param>
/// <param name="Response">The answer.</param>
internal sealed record RecordedExchange(string Name, string Operation, string Summary, RecordedRequest Request, RecordedResponse Response);

/// <summary>A request.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path with the query, encoded.</param>
/// <param name="Headers">The headers that matter, by names in lower case.</param>
/// <param name="Body">The JSON, or a text of another type; null for a request without a body and for one whose body is binary.</param>
internal sealed record RecordedRequest(string Method, string Path, IReadOnlyDictionary<string, string>? Headers, JsonNode? Body);

/// <summary>An answer.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">The headers that matter, by names in lower case.</param>
/// <param name="Body">The JSON; null for an answer without a body.</param>
internal sealed record RecordedResponse(int Status, IReadOnlyDictionary<string, string>? Headers, JsonNode? Body);
