using System.Net;
using System.Net.Http.Headers;
using System.Text;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Deployment;

/// <summary>Callers that must be refused, whatever happens to the cluster meanwhile.</summary>
/// <param name="gateways">The addresses of the gateways.</param>
/// <param name="ranker">A key with the scope rank only.</param>
internal sealed class Intruders(IReadOnlyList<Uri> gateways, string ranker)
{
    private const string Forged = "dok_abcdefghijkl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    private const string Ranking = """{"userId":"user-1","candidates":[{"itemId":"item-1"}]}""";

    /// <summary>The pace: who is refused costs the gateways time as well.</summary>
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromMilliseconds(20);

    private int _refused;

    /// <summary>Requests that were answered 401 or 403.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>Requests that were answered with anything else than that they are refused, or cannot be answered now.</summary>
    public List<string> Allowed { get; } = [];

    /// <summary>Calls in turn until the time is over.</summary>
    public async Task CallAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        for (int n = 0; !cancellationToken.IsCancellationRequested; n++)
        {
            Uri gateway = gateways[n % gateways.Count];
            await CallAsync(http, new(gateway, "/v1/rank"), Ranking, key: null);
            await CallAsync(http, new(gateway, "/v1/rank"), Ranking, Forged);
            await CallAsync(http, new(gateway, "/v1/users/user-1"), body: null, ranker);
            await CallAsync(http, new(gateway, "/v1/keys"), body: null, ranker);
            await Task.Delay(BetweenRounds, CancellationToken.None);
        }
    }

    /// <summary>Waits until so many requests were refused.</summary>
    public Task AreRefusedAsync(int requests) => Eventually.BecomesAsync(
        "intruders are refused", () => Refused, refused => refused >= requests, cancellationToken: TestContext.Current.CancellationToken);

    private async Task CallAsync(HttpClient http, Uri address, string? body, string? key)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, address)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using HttpResponseMessage answer = await http.SendAsync(request, CancellationToken.None);
            if (answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                Interlocked.Increment(ref _refused);
            }
            else if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                Allowed.Add($"{request.Method} {address} {(int)answer.StatusCode}");
            }
        }
        catch (HttpRequestException e) when (e.StatusCode is null)
        {
            // The gateway is being restarted, and answers nobody.
        }
    }
}
