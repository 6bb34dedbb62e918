using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Model.Validation;

namespace DinOrleans.Cli.Publishing;

/// <summary>A running server that takes model versions.</summary>
/// <param name="url">The server's address.</param>
/// <param name="key">The API key or token to send, with the scope models; null for none.</param>
internal sealed class ModelServer(Uri url, string? key) : IDisposable
{
    private readonly HttpClient _http = new()
    {
        BaseAddress = url,
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key) },
    };

    /// <summary>Puts a version into the server's artifact store.</summary>
    /// <exception cref="InvalidContentException">The server cannot be reached, or refuses the version. The message says why.</exception>
    public async Task UploadAsync(string version, string folder, CancellationToken cancellationToken)
    {
        using var tar = new FolderTarContent(folder);
        tar.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        await SendAsync(HttpMethod.Put, $"v1/models/{version}", tar, "upload", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Publishes a version of the server's artifact store.</summary>
    /// <returns>The reason why its roll-out waits; null where it does not wait.</returns>
    /// <exception cref="InvalidContentException">The server cannot be reached, or refuses the version. The message says why.</exception>
    public async Task<string?> PublishAsync(string version, CancellationToken cancellationToken)
    {
        using var body = JsonContent.Create(new { version });
        string answer = await SendAsync(HttpMethod.Post, "v1/models", body, "publish", cancellationToken).ConfigureAwait(false);
        return JsonSerializer.Deserialize<Published>(answer, JsonSerializerOptions.Web)!.Versions.Single(v => v.Version == version).WaitsBecause;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<string> SendAsync(HttpMethod method, string path, HttpContent content, string what, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            string text = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return answer.IsSuccessStatusCode
                ? text
                : throw new InvalidContentException($"the server at {_http.BaseAddress} refuses to {what} the version ({(int)answer.StatusCode}): {Reason(text)}");
        }
        catch (HttpRequestException e)
        {
            throw new InvalidContentException($"the server at {_http.BaseAddress} did not take the version to the end: {e.Message}", e);
        }
    }

    /// <summary>What problem details say: the broken rules, or the detail where there are none.</summary>
    private static string Reason(string text)
    {
        try
        {
            Problem? problem = JsonSerializer.Deserialize<Problem>(text, JsonSerializerOptions.Web);
            string rules = string.Join("; ", (problem?.Errors ?? []).Select(e => $"{e.Field} {e.Rule}"));
            return rules.Length > 0 ? rules : problem?.Detail ?? problem?.Title ?? text;
        }
        catch (JsonException)
        {
            return text.Length == 0 ? "it does not say why" : text;
        }
    }

    private sealed record Published(IReadOnlyList<PublishedVersion> Versions);

    private sealed record PublishedVersion(string Version, string? WaitsBecause);

    private sealed record Problem(string? Title, string? Detail, IReadOnlyList<BrokenRule>? Errors);

    private sealed record BrokenRule(string Field, string Rule);
}
