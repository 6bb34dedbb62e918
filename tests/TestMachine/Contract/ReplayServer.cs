using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DinOrleans.TestMachine.Contract;

/// <summary>
/// Answers exactly the requests of the recorded session, each once, as recorded. A client that makes the same calls proves that it sends what it
/// should and reads what it gets. The order of query parameters and members does not count, and a member with its default may be left out.
/// </summary>
public sealed class ReplayServer : IAsyncDisposable
{
    private const string Deadline = "x-deadline-ms";
    private const string ContentType = "content-type";
    private const string Lines = "application/x-ndjson";

    /// <summary>The headers that a request must have as recorded, or not at all.</summary>
    private static readonly string[] Headers = ["authorization", ContentType, Deadline, "x-experiment-override"];

    /// <summary>A deadline counts down while a client prepares its request.</summary>
    private const int DeadlineTolerance = 10_000;

    private readonly List<SessionExchange> _left;
    private readonly List<string> _replayed = [];
    private readonly List<string> _unexpected = [];
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    private ReplayServer(SessionFile session, int port)
    {
        _left = [.. session.Exchanges];
        Address = new Uri($"http://127.0.0.1:{port}/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>The address to which clients send.</summary>
    public Uri Address { get; }

    /// <summary>The names of the exchanges that a client has made.</summary>
    public IReadOnlyList<string> Replayed
    {
        get
        {
            lock (_replayed)
            {
                return [.. _replayed];
            }
        }
    }

    /// <summary>The requests that the session does not have, each with what is nearest to it.</summary>
    public IReadOnlyList<string> Unexpected
    {
        get
        {
            lock (_replayed)
            {
                return [.. _unexpected];
            }
        }
    }

    /// <summary>Starts a server on a port of this machine.</summary>
    public static ReplayServer Start(SessionFile session) => new(session, FreePort.Take(1)[0]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // The listener was stopped.
                return;
            }

            await AnswerAsync(context);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        string body = await reader.ReadToEndAsync();
        SessionExchange? exchange = Take(context.Request, body);
        context.Response.StatusCode = exchange?.Status ?? (int)HttpStatusCode.NotImplemented;
        foreach ((string name, string value) in exchange?.AnswerHeaders ?? new Dictionary<string, string>())
        {
            context.Response.AddHeader(name, value);
        }

        byte[] answer = Encoding.UTF8.GetBytes(exchange is null ? "This request is not in the recorded session." : exchange.AnswerBody?.ToJsonString() ?? "");
        context.Response.ContentLength64 = answer.Length;
        await context.Response.OutputStream.WriteAsync(answer);
        context.Response.Close();
    }

    private SessionExchange? Take(HttpListenerRequest request, string body)
    {
        lock (_replayed)
        {
            SessionExchange[] sameAddress = [.. _left.Where(e => e.Method == request.HttpMethod && Sorted(e.Path) == Sorted(request.RawUrl!))];
            string[] differences = [.. sameAddress.Select(e => Difference(e, request, body) ?? "")];
            int found = Array.IndexOf(differences, "");
            if (found < 0)
            {
                _unexpected.Add($"{request.HttpMethod} {request.RawUrl}: {string.Join("; ", differences)} {body}");
                return null;
            }

            _left.Remove(sameAddress[found]);
            _replayed.Add(sameAddress[found].Name);
            return sameAddress[found];
        }
    }

    /// <summary>Says how a request differs from that of an exchange with the same address. Null where it does not.</summary>
    private static string? Difference(SessionExchange exchange, HttpListenerRequest request, string body)
    {
        foreach (string header in Headers)
        {
            string? wanted = exchange.Headers.GetValueOrDefault(header);
            string? sent = request.Headers[header];
            if (wanted != sent && !(header == Deadline && IsNear(wanted, sent)))
            {
                return $"{header} is \"{sent}\" and should be \"{wanted}\"";
            }
        }

        if (exchange.File is not null)
        {
            return body.Length == 0 ? "the file is missing" : null;
        }

        return exchange.Body is null
            ? body.Length == 0 ? null : "a body is not wanted"
            : JsonDifference.Find(
                BodyDefaults.Without(Parse(exchange.Body is JsonValue text ? (string)text! : exchange.Body.ToJsonString(), exchange)), BodyDefaults.Without(Parse(body, exchange)));
    }

    /// <summary>A path with the parameters of its query in one order.</summary>
    private static string Sorted(string path) => path.Split('?', 2) is [var segments, var query] ? $"{segments}?{string.Join('&', query.Split('&').Order(StringComparer.Ordinal))}" : path;

    private static JsonNode? Parse(string body, SessionExchange exchange)
    {
        try
        {
            return exchange.Headers[ContentType] == Lines
                ? new JsonArray([.. body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line))])
                : JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return JsonValue.Create(body);
        }
    }

    private static bool IsNear(string? wanted, string? sent) =>
        int.TryParse(wanted, out int most) && int.TryParse(sent, out int left) && left <= most && left > most - DeadlineTolerance;
}
