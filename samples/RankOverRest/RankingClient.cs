using System.Globalization;
using System.Net;
using System.Net.Http.Json;

namespace DinOrleans.RankOverRest;

/// <summary>Calls the REST API of a gateway.</summary>
/// <param name="http">A client whose base address is the gateway's.</param>
/// <param name="time">The clock of the pauses between attempts; null for the system's.</param>
public sealed class RankingClient(HttpClient http, TimeProvider? time = null)
{
    private const int Attempts = 5;

    /// <summary>How long to wait where an answer does not say it.</summary>
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Ranks candidates for a user.</summary>
    /// <param name="request">The user and the candidates.</param>
    /// <param name="deadline">How long the answer is of use, 1 millisecond to 1 minute. The gateway answers 504 when it has passed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ProblemException">The API answered with an error.</exception>
    public Task<RankResponse> RankAsync(RankRequest request, TimeSpan deadline, CancellationToken cancellationToken = default) =>
        PostAsync<RankRequest, RankResponse>("/v1/rank", request, deadline, cancellationToken);

    /// <summary>Sends events. When the call returns they are on disk, and the next ranking of their users uses them.</summary>
    /// <remarks>It is safe to send the same events again after any failure: an event id is applied once per user.</remarks>
    /// <exception cref="ProblemException">The API answered with an error.</exception>
    public Task<EventsResponse> AppendAsync(IReadOnlyList<UserEvent> events, CancellationToken cancellationToken = default) =>
        PostAsync<EventsRequest, EventsResponse>("/v1/events", new(events), deadline: null, cancellationToken);

    private async Task<TAnswer> PostAsync<TBody, TAnswer>(string path, TBody body, TimeSpan? deadline, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
            if (deadline is { } left)
            {
                request.Headers.Add("X-Deadline-Ms", ((int)left.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
            }

            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return await ReadAsync<TAnswer>(response, cancellationToken);
            }

            // Both statuses mean "not now", and the answer says when to try again.
            bool mayPass = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;
            if (!mayPass || attempt == Attempts)
            {
                throw new ProblemException(await ReadAsync<Problem>(response, cancellationToken));
            }

            await Task.Delay(response.Headers.RetryAfter?.Delta ?? UsualPause, _time, cancellationToken);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken) =>
        await response.Content.ReadFromJsonAsync<T>(cancellationToken) ?? throw new InvalidDataException($"{response.RequestMessage?.RequestUri} was answered with null.");
}
