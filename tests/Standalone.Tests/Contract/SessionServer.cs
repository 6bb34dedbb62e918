using System.Formats.Tar;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;
using DinOrleans.TestMachine.Contract;

namespace DinOrleans.Standalone.Tests.Contract;

/// <summary>A real server that asks for keys, to which the recorded session is sent.</summary>
internal sealed partial class SessionServer : IAsyncDisposable
{
    /// <summary>A key may send this many requests at once, which is more than the session does, and so few per second that one that sends too many ends.</summary>
    private const int Burst = 1_000;
    private const int PerSecond = 1;

    private const string Silo = "10.0.0.7:11111@136944000";
    private const string SiloName = "silo-1";
    private const string ContentType = "content-type";
    private static readonly string[] Headers = [ContentType, "retry-after", "www-authenticate"];

    private readonly TinyShop _shop;
    private readonly StandaloneProcess _server;
    private readonly SessionNames _names = new();
    private readonly HashSet<string> _times;
    private readonly string _uploaded;

    private SessionServer(TinyShop shop, StandaloneProcess server, SessionFile session)
    {
        (_shop, _server) = (shop, server);
        _times = [.. session.Exchanges.SelectMany(e => Time().Matches(e.Body?.ToJsonString() ?? "").Select(m => Regex.Unescape(m.Value)))];
        _uploaded = shop.WriteVersion(seed: 2);
        _names.Add(session.Versions[0], Path.GetFileName(shop.Artifact));
        _names.Add(session.Versions[1], Path.GetFileName(_uploaded));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<SessionServer> StartAsync(SessionFile session)
    {
        var shop = new TinyShop();
        StandaloneProcess server = await StandaloneProcess.StartAsync(
            Cancellation,
            [.. shop.Arguments, "--Auth:Mode", "Keys", "--Training:Enabled", "false", "--Auth:RequestsPerSecond", Text(PerSecond), "--Auth:Burst", Text(Burst), "--Rankings:UnshownShare", "0"]);
        var started = new SessionServer(shop, server, session);
        await started.LearnNamesAsync(session.Key);
        return started;
    }

    /// <summary>Sends a request of the session, and names what the answer brings.</summary>
    /// <returns>The status, the headers that matter and the body, as they should be recorded.</returns>
    public async Task<JsonObject> SendAsync(SessionExchange exchange)
    {
        JsonObject answer = await SendOnceAsync(exchange);
        for (int sent = 1; sent < 2 * Burst && exchange.Status == 429 && (int)answer["status"]! != 429; sent++)
        {
            answer = await SendOnceAsync(exchange);
        }

        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _shop.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Waits until the server has loaded all, and finds out what it calls the names of the session.</summary>
    private async Task LearnNamesAsync(string recordedKey)
    {
        string key = (await _server.LineAsync("  dok_", Cancellation)).Trim();
        _names.Add(recordedKey, key);
        _names.Add(recordedKey.Split('_')[1], key.Split('_')[1]);
        await _server.LineAsync("curl", Cancellation);
        JsonObject cluster = await Eventually.BecomesAsync("the silo has reported", () => GetAsync("/v1/cluster", key), c => c["silos"]!.AsArray().Count > 0, cancellationToken: Cancellation);
        JsonNode silo = cluster["silos"]![0]!;
        _names.Add(Silo, (string)silo["silo"]!);
        _names.Add(SiloName, (string)silo["name"]!);
    }

    private async Task<JsonObject> GetAsync(string path, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", key);
        using HttpResponseMessage answer = await _server.Http.SendAsync(request, Cancellation);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
    }

    private async Task<JsonObject> SendOnceAsync(SessionExchange exchange)
    {
        using var request = new HttpRequestMessage(new HttpMethod(exchange.Method), new Uri(_names.ToActual(exchange.Path), UriKind.Relative)) { Content = await ContentAsync(exchange) };
        foreach ((string name, string value) in exchange.Headers.Where(h => h.Key != ContentType))
        {
            request.Headers.TryAddWithoutValidation(name, _names.ToActual(value));
        }

        using HttpResponseMessage response = await _server.Http.SendAsync(request, Cancellation);
        string text = await response.Content.ReadAsStringAsync(Cancellation);
        JsonNode? body = text.Length == 0 ? null : JsonNode.Parse(text);
        Capture(exchange, body);
        var headers = new JsonObject();
        foreach ((string name, IEnumerable<string> values) in response.Headers.Concat(response.Content.Headers).Where(h => Headers.Contains(h.Key.ToLowerInvariant())).OrderBy(h => h.Key, StringComparer.OrdinalIgnoreCase))
        {
            headers[name.ToLowerInvariant()] = string.Join(", ", values);
        }

        var answer = new JsonObject { ["status"] = (int)response.StatusCode, ["headers"] = headers };
        if (body is not null)
        {
            answer["body"] = StableAnswer.Of(JsonNode.Parse(_names.ToRecorded(text)), _times);
        }

        return answer;
    }

    private async Task<HttpContent?> ContentAsync(SessionExchange exchange)
    {
        if (!exchange.Headers.TryGetValue(ContentType, out string? type))
        {
            return null;
        }

        byte[] content = exchange.File is not null ? await TarAsync()
            : Encoding.UTF8.GetBytes(_names.ToActual(exchange.Body is JsonValue text ? (string)text! : exchange.Body!.ToJsonString()));
        return new ByteArrayContent(content) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
    }

    private async Task<byte[]> TarAsync()
    {
        using var tar = new MemoryStream();
        await TarFile.CreateFromDirectoryAsync(_uploaded, tar, includeBaseDirectory: false, Cancellation);
        return tar.ToArray();
    }

    private void Capture(SessionExchange exchange, JsonNode? body)
    {
        foreach ((string member, string recorded) in exchange.Captures)
        {
            JsonNode? value = member.Split('.').Aggregate(body, (node, name) => node?[name]);
            Assert.True(value is not null, $"{exchange.Name}: the answer has no {member}: {body?.ToJsonString()}");
            _names.Add(recorded, (string)value!);
        }
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[^""]+")]
    private static partial Regex Time();
}
