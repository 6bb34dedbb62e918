using System.Net;
using System.Text;

namespace DinOrleans.Client.Tests.Http;

/// <summary>Answers requests one after the other as told, and keeps what was sent.</summary>
internal sealed class ScriptedServer(params Func<HttpResponseMessage>[] answers) : HttpMessageHandler
{
    private int _next;

    public List<SentRequest> Requests { get; } = [];

    public static Func<HttpResponseMessage> Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        () => new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static Func<HttpResponseMessage> Busy(TimeSpan retryAfter) => () =>
    {
        var answer = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter = new(retryAfter);
        return answer;
    };

    public static Func<HttpResponseMessage> Lost() => () => throw new HttpRequestException("The connection was lost.");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add(new(request.RequestUri!.AbsolutePath, request.RequestUri.Query, body, Header("X-Deadline-Ms"), Header("X-Experiment-Override")));
        return answers[Math.Min(_next++, answers.Length - 1)]();

        string? Header(string name) => request.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.Single() : null;
    }
}

/// <summary>A request that was sent.</summary>
internal sealed record SentRequest(string Path, string Query, string Body, string? Deadline, string? Arm);
