using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace DinOrleans.Cli.Doctor;

/// <summary>Looks at a cluster through the address of a gateway, or at one process through its address for probes.</summary>
/// <param name="url">Where it listens.</param>
/// <param name="key">The key or token of the caller; null for none.</param>
/// <param name="time">The clock.</param>
/// <param name="findings">Takes what is found.</param>
internal sealed class ServerDoctor(Uri url, string? key, TimeProvider time, Findings findings) : IDisposable
{
    private const int MaxAnswerBytes = 16 * 1024 * 1024;

    private readonly string _subject = url.AbsoluteUri.TrimEnd('/');

    private readonly HttpClient _http = new()
    {
        BaseAddress = new Uri(url.AbsoluteUri.TrimEnd('/') + "/"),
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = MaxAnswerBytes,
        DefaultRequestHeaders = { Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key) },
    };

    public void Dispose() => _http.Dispose();

    /// <summary>Looks at the probes, and at the versions where it is a gateway.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (await GetAsync("health/live", cancellationToken).ConfigureAwait(false) is not { } live)
        {
            return;
        }

        LookAtClock(live);
        if (live.Status != HttpStatusCode.OK)
        {
            findings.Problem(_subject, $"/health/live answers {(int)live.Status}.", "See whether this is the address of a server, and start the process again if it is.");
            return;
        }

        if (await GetAsync("health/ready", cancellationToken).ConfigureAwait(false) is { } ready)
        {
            LookAtReadiness(ready);
        }

        if (await GetAsync("v1/models", cancellationToken).ConfigureAwait(false) is { } models)
        {
            LookAtModels(models);
        }
    }

    private void LookAtReadiness(Answer ready)
    {
        if (ready.Status != HttpStatusCode.OK)
        {
            findings.Problem(_subject, $"It is not ready: {Reason(ready.Body)}", "docs/operation.md says what readiness means. The log of the process has more.");
        }
        else if (Json(ready.Body) is { } health && health.TryGetProperty("writes", out JsonElement writes) && writes.ValueKind == JsonValueKind.False)
        {
            findings.Problem(_subject, "Events, items and profiles are not taken now.", "See whether the database is reachable, and whether its disk is full.");
        }
    }

    private void LookAtModels(Answer models)
    {
        if (models.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            findings.Unknown(_subject, "It does not tell the versions of the silos to this caller.", "Give --key with a key that has the scope models.");
        }
        else if (models.Status == HttpStatusCode.NotFound)
        {
            findings.Note(_subject, "It is not a gateway, so the versions of the silos are not looked at.", "Give the address of a gateway as well.");
        }
        else if (models.Status != HttpStatusCode.OK || Json(models.Body) is not { } body)
        {
            findings.Unknown(_subject, $"/v1/models answers {(int)models.Status}: {Reason(models.Body)}", "Try again once the server is ready.");
        }
        else
        {
            new SiloVersions(_subject, findings).Look(body);
        }
    }

    private void LookAtClock(Answer answer)
    {
        // The header tells whole seconds.
        if (answer.Clock is { } clock
            && ClockRule.Ahead(clock, clock + TimeSpan.FromSeconds(1), answer.Asked, answer.Answered) is var ahead && ahead.Duration() > ClockRule.Most)
        {
            findings.Problem(_subject, ClockRule.Text(ahead), ClockRule.Advice);
        }
    }

    private async Task<Answer?> GetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            DateTimeOffset asked = time.GetUtcNow();
            using HttpResponseMessage answer = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken).ConfigureAwait(false);
            string body = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            return new(answer.StatusCode, body, answer.Headers.Date, asked, time.GetUtcNow());
        }
        catch (HttpRequestException e)
        {
            findings.Problem(_subject, $"It cannot be reached: {e.Message}", "See whether the process runs, and whether the address is right.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            findings.Problem(_subject, $"/{path} was not answered within {_http.Timeout.TotalSeconds:0} s.", "The process hangs or is overloaded: see its log, and start it again.");
        }

        return null;
    }

    /// <summary>What a probe or problem details say.</summary>
    private static string Reason(string body)
    {
        string text = Json(body) is { ValueKind: JsonValueKind.Object } problem && problem.TryGetProperty("detail", out JsonElement detail) ? detail.ToString() : body;
        return text.Length == 0 ? "it does not say why." : text;
    }

    private static JsonElement? Json(string body)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Answer(HttpStatusCode Status, string Body, DateTimeOffset? Clock, DateTimeOffset Asked, DateTimeOffset Answered);
}
