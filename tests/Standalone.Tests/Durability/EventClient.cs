using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace DinOrleans.Standalone.Tests.Durability;

/// <summary>
/// Posts events of one user and sends what was not acknowledged again, under the same ids, until it is. Two clients of one user
/// must have names of their own.
/// </summary>
internal sealed class EventClient(string name, string userId, int seed, IReadOnlyList<string> itemIds, DateTimeOffset firstTime)
{
    private const int EventsARequest = 20;
    private const int LateBySeconds = 100;

    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();
    private readonly List<SentEvent> _acknowledged = [];
    private readonly HashSet<SentEvent> _known = [];
    private SentEvent[]? _pending;
    private int _made;

    public string UserId => userId;

    /// <summary>Every event that an answer said is kept, up to now.</summary>
    public IReadOnlyList<SentEvent> Acknowledged
    {
        get
        {
            lock (_lock)
            {
                return [.. _acknowledged];
            }
        }
    }

    /// <summary>Requests that were sent again after their answer was lost or an error.</summary>
    public int Retries { get; private set; }

    /// <summary>Posts until the server is gone or the time is over.</summary>
    /// <param name="http">The server.</param>
    /// <param name="acknowledged">Told of each acknowledged request.</param>
    /// <param name="cancellationToken">Ends the work between requests.</param>
    public async Task PostAsync(HttpClient http, Action acknowledged, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (!await TryPostAsync(http, cancellationToken))
            {
                return;
            }

            acknowledged();
        }
    }

    /// <summary>Posts what is pending, or something new.</summary>
    /// <returns>Whether it was acknowledged.</returns>
    public Task<bool> TryPostAsync(HttpClient http, CancellationToken cancellationToken) => TrySendAsync(events => PostAsync(http, events, cancellationToken));

    /// <summary>Sends what is pending, or something new.</summary>
    /// <param name="send">Sends events, and returns how many the server says it has; null where it has not acknowledged them.</param>
    /// <returns>Whether it was acknowledged.</returns>
    public async Task<bool> TrySendAsync(Func<SentEvent[], Task<int?>> send)
    {
        Retries += _pending is null ? 0 : 1;
        _pending ??= Make();
        if (await send(_pending) is not { } count)
        {
            return false;
        }

        Assert.Equal(_pending.Length, count);

        // Some are repeated below, and were acknowledged before.
        SentEvent[] first = [.. _pending.Where(e => _known.Add(e))];
        lock (_lock)
        {
            _acknowledged.AddRange(first);
        }

        _pending = null;
        return true;
    }

    private static async Task<int?> PostAsync(HttpClient http, SentEvent[] events, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await http.PostAsJsonAsync("/v1/events", new { events }, CancellationToken.None);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                return null;
            }

            JsonElement counts = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return counts.GetProperty("accepted").GetInt32() + counts.GetProperty("duplicates").GetInt32();
        }
        catch (HttpRequestException e) when (e.StatusCode is null)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>New events, some of them late, and one that was acknowledged long ago.</summary>
    private SentEvent[] Make()
    {
        List<SentEvent> events = [];
        for (int i = 0; i < EventsARequest; i++)
        {
            int n = _made++;
            DateTimeOffset time = firstTime.AddSeconds(n + _random.Next(LateBySeconds));
            events.Add(new($"{name}-{n}", userId, itemIds[_random.Next(itemIds.Count)], "click", time));
        }

        if (_acknowledged.Count > 0)
        {
            events.Add(_acknowledged[_random.Next(_acknowledged.Count)]);
        }

        return [.. events];
    }
}

/// <summary>An event as it was sent, and as it must be given back.</summary>
internal sealed record SentEvent(string EventId, string UserId, string ItemId, string Type, DateTimeOffset Timestamp);
