using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace DinOrleans.Standalone.Tests.GeneratedInput;

/// <summary>Sends generated requests and holds each answer to what every answer promises.</summary>
internal sealed class AnswerChecks(HttpClient http, CancellationToken cancellation)
{
    private readonly string _run = Guid.NewGuid().ToString("N")[..6];
    private int _sent;

    /// <summary>How many requests were answered by each status.</summary>
    public Dictionary<HttpStatusCode, int> Statuses { get; } = [];

    /// <summary>The answer is a success or a problem that names what is wrong, and a refused request has changed nothing.</summary>
    public async Task SendAsync(GeneratedRequest generated)
    {
        string unique = string.Create(CultureInfo.InvariantCulture, $"{_run}-{Interlocked.Increment(ref _sent)}");
        using HttpRequestMessage request = Request(generated, unique);
        using HttpResponseMessage answer = await http.SendAsync(request, cancellation);
        lock (Statuses)
        {
            Statuses[answer.StatusCode] = Statuses.GetValueOrDefault(answer.StatusCode) + 1;
        }

        if (!answer.IsSuccessStatusCode)
        {
            await CheckProblemAsync(generated, answer);
        }

        if (generated.Change != Change.None && (!answer.IsSuccessStatusCode || generated.IsMarked))
        {
            Assert.Equal(answer.IsSuccessStatusCode, await IsChangedAsync(generated.Change, unique));
        }
    }

    private static async Task CheckProblemAsync(GeneratedRequest generated, HttpResponseMessage answer)
    {
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode < 500, $"{answer.StatusCode}: {text}");
        if (generated.Method == "HEAD" || text.Length == 0)
        {
            // The server itself refuses what is not a request line of HTTP, before the application sees it.
            Assert.True(generated.Method == "HEAD" || answer.StatusCode == HttpStatusCode.BadRequest, $"{answer.StatusCode} without a body");
            return;
        }

        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        JsonElement problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        JsonElement[] errors = [.. problem.GetProperty("errors").EnumerateArray()];
        Assert.InRange(errors.Length, answer.StatusCode == HttpStatusCode.BadRequest ? 1 : 0, 100);
        Assert.All(errors, error =>
        {
            Assert.NotEmpty(error.GetProperty("field").GetString()!);
            Assert.Matches("^(must|is) ", error.GetProperty("rule").GetString());
        });
        foreach (string internalWord in (string[])["System.", "   at ", "BytePosition", "LineNumber", "Exception"])
        {
            Assert.DoesNotContain(internalWord, string.Concat(errors.Select(e => e.GetProperty("rule").GetString())) + problem.GetProperty("title"), StringComparison.Ordinal);
        }
    }

    private HttpRequestMessage Request(GeneratedRequest generated, string unique)
    {
        // The path goes as it is: a client that tidies it up would hide what a server does with "..".
        var request = new HttpRequestMessage(new HttpMethod(generated.Method), new Uri(
            http.BaseAddress!.GetLeftPart(UriPartial.Authority) + generated.Path.Replace("@", unique, StringComparison.Ordinal), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (generated.Body is not null)
        {
            byte[] body = Encoding.UTF8.GetBytes(generated.Body.Replace("@", unique, StringComparison.Ordinal));
            request.Content = new ByteArrayContent(generated.Coding == "gzip" ? Gzip(body) : body);
            if (generated.ContentType.Length > 0)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", generated.ContentType);
            }

            if (generated.Coding.Length > 0)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Encoding", generated.Coding);
            }
        }

        return request;
    }

    private static byte[] Gzip(byte[] body)
    {
        using var target = new MemoryStream();
        using (var coder = new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true))
        {
            coder.Write(body);
        }

        return target.ToArray();
    }

    private async Task<bool> IsChangedAsync(Change change, string unique)
    {
        if (change == Change.Items)
        {
            using HttpResponseMessage ranked = await http.PostAsJsonAsync("/v1/rank", new { userId = "checks", candidates = new[] { new { itemId = unique } } }, cancellation);
            JsonElement item = (await ranked.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("items")[0];
            return !item.TryGetProperty("unknownItem", out _);
        }

        JsonElement user = await http.GetFromJsonAsync<JsonElement>("/v1/users/" + unique, cancellation);
        return change == Change.Events
            ? user.GetProperty("behaviours").EnumerateArray().Any(b => b.GetProperty("eventId").GetString() == unique)
            : user.GetProperty("features").EnumerateObject().Any();
    }
}
