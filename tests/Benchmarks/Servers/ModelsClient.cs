using System.Net.Http.Json;
using System.Text.Json;

namespace DinOrleans.Benchmarks.Servers;

/// <summary>Calls the requests of a server that concern its versions.</summary>
internal sealed class ModelsClient(ServerProcess server) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}/") };

    /// <summary>Sends a request.</summary>
    /// <exception cref="InvalidOperationException">The request was refused.</exception>
    public async Task SendAsync(HttpMethod method, string path, object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{method} {path} was answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)}");
        }
    }

    /// <summary>Reads an answer.</summary>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken) =>
        _http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), cancellationToken);

    /// <summary>Tells whether all silos have a version in a member of their reports.</summary>
    /// <param name="member">"serving" or "loaded".</param>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<bool> AreAllAsync(string member, string version, CancellationToken cancellationToken)
    {
        JsonElement models = await GetAsync("v1/models", cancellationToken).ConfigureAwait(false);
        return models.GetProperty("silos").EnumerateArray().All(s => s.TryGetProperty(member, out JsonElement held) && Has(held, version));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static bool Has(JsonElement held, string version) =>
        held.ValueKind == JsonValueKind.Array ? held.EnumerateArray().Any(v => v.GetString() == version) : held.GetString() == version;
}
