using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace DinOrleans.Client;

/// <summary>Calls the REST API of a DinOrleans server over HTTP. It is safe for concurrent use.</summary>
public sealed class DinOrleansClient : IDinOrleansClient
{
    private const int MostPerRequest = 1_000;

    private readonly HttpCalls _calls;

    /// <param name="http">Sends the requests. Its base address and key come from the options.</param>
    /// <param name="options">The address of the server, its key, and how calls wait and retry.</param>
    /// <param name="time">The clock.</param>
    public DinOrleansClient(HttpClient http, IOptions<DinOrleansClientOptions> options, TimeProvider time)
    {
        http.BaseAddress = new Uri(options.Value.Address!.AbsoluteUri.TrimEnd('/') + "/");
        http.DefaultRequestHeaders.Authorization = options.Value.Key is { } key ? new("Bearer", key) : null;
        http.Timeout = Timeout.InfiniteTimeSpan;
        _calls = new HttpCalls(http, options, time);
        Models = new ModelCalls(_calls);
        Trainings = new TrainingCalls(_calls);
        Experiments = new ExperimentCalls(_calls);
        Keys = new KeyCalls(_calls);
    }

    /// <inheritdoc/>
    public IModels Models { get; }

    /// <inheritdoc/>
    public ITrainings Trainings { get; }

    /// <inheritdoc/>
    public IExperiments Experiments { get; }

    /// <inheritdoc/>
    public IApiKeys Keys { get; }

    /// <inheritdoc/>
    public Task<Ranking> RankAsync(RankRequest request, CancellationToken cancellationToken = default) => _calls.SendAsync(
        new HttpCall(HttpMethod.Post, "v1/rank") { Deadline = request.Deadline }.With(request, ClientJson.Default.RankRequest),
        ClientJson.Default.Ranking,
        cancellationToken);

    /// <inheritdoc/>
    public async Task<AppendedEvents> AppendEventsAsync(IReadOnlyCollection<BehaviourEvent> events, CancellationToken cancellationToken = default)
    {
        AppendedEvents sum = new(0, 0, 0);
        foreach (BehaviourEvent[] part in events.Chunk(MostPerRequest))
        {
            HttpCall call = new HttpCall(HttpMethod.Post, "v1/events").With(new(part), ClientJson.Default.EventsBody);
            AppendedEvents done = await _calls.SendAsync(call, ClientJson.Default.AppendedEvents, cancellationToken).ConfigureAwait(false);
            sum = new(sum.Accepted + done.Accepted, sum.Duplicates + done.Duplicates, sum.Erased + done.Erased);
        }

        return sum;
    }

    /// <inheritdoc/>
    public async Task PutItemsAsync(IReadOnlyCollection<CatalogueItem> items, CancellationToken cancellationToken = default)
    {
        foreach (CatalogueItem[] part in items.Chunk(MostPerRequest))
        {
            HttpCall call = new HttpCall(HttpMethod.Put, "v1/items").With(new(part), ClientJson.Default.ItemsBody);
            await _calls.SendAsync(call, ClientJson.Default.PutItems, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task PutProfileAsync(string userId, IReadOnlyDictionary<string, string> features, CancellationToken cancellationToken = default) =>
        _calls.SendAsync(new HttpCall(HttpMethod.Put, User(userId)).With(new(features), ClientJson.Default.ProfileBody), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<UserPage> ReadUserAsync(
        string userId, int pageSize = 1_000, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string first = string.Create(CultureInfo.InvariantCulture, $"{User(userId)}?limit={pageSize}");
        string? next = null;
        do
        {
            string path = next is null ? first : $"{first}&after={Uri.EscapeDataString(next)}";
            UserPage page = await _calls.SendAsync(new HttpCall(HttpMethod.Get, path), ClientJson.Default.UserPage, cancellationToken).ConfigureAwait(false);
            yield return page;
            next = page.Next;
        }
        while (next is not null);
    }

    /// <inheritdoc/>
    public Task EraseUserAsync(string userId, CancellationToken cancellationToken = default) =>
        _calls.SendAsync(new HttpCall(HttpMethod.Delete, User(userId)), cancellationToken);

    private static string User(string userId) => "v1/users/" + Uri.EscapeDataString(userId);
}
