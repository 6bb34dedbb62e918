using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace DinOrleans.Gateway.Tests.Clients;

/// <summary>Answers every request with the same JSON, and keeps what was sent.</summary>
/// <param name="answer">The JSON; null for an answer without a body.</param>
internal sealed class RecordingServer(JsonNode? answer) : HttpMessageHandler
{
    public List<SentRequest> Requests { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        bool isJson = request.Content?.Headers.ContentType?.MediaType == "application/json";
        string? body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add(new(request.Method.Method, request.RequestUri!.AbsolutePath, isJson ? JsonNode.Parse(body!) : null));
        return new HttpResponseMessage(answer is null ? HttpStatusCode.NoContent : HttpStatusCode.OK)
        {
            Content = answer is null ? null : new StringContent(answer.ToJsonString(), Encoding.UTF8, "application/json"),
        };
    }
}

/// <summary>A request that was sent.</summary>
internal sealed record SentRequest(string Method, string Path, JsonNode? Json);
