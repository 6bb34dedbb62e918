using Microsoft.Extensions.Options;

namespace DinOrleans.Client;

/// <summary>Calls the REST API of a DinOrleans server over HTTP. It is safe for concurrent use.</summary>
public sealed class DinOrleansClient : IDinOrleansClient
{
    private const int MostPerRequest = 1_000;

    /// <summary>The largest answer: explained rankings of a thousand candidates by a thousand behaviours have some 100 MB.</summary>
    private const int MaxAnswerBytes = 256 * 1024 * 1024;

    private readonly HttpCalls _calls;

    /// <param name="http">Sends the requests. Its base address comes from the options.</param>
    /// <param name="options">The address of the server, its key, and how calls wait and retry.</param>
    /// <param name="time">The clock.</param>
    public DinOrleansClient(HttpClient http, IOptions<DinOrleansClientOptions> options, TimeProvider time)
    {
        http.BaseAddress = new Uri(options.Value.Address!.AbsoluteUri.TrimEnd('/') + "/");
        http.Timeout = Timeout.InfiniteTimeSpan;
        http.MaxResponseContentBufferSize = MaxAnswerBytes;
        _calls = new HttpCalls(http, options, time);
        Items = new ItemCalls(_calls);
        Users = new UserCalls(_calls);
        Models = new ModelCalls(_calls);
        Trainings = new TrainingCalls(_calls);
        Experiments = new ExperimentCalls(_calls);
        Keys = new KeyCalls(_calls);
        Server = new ServerCalls(_calls);
    }

    /// <inheritdoc/>
    public IItems Items { get; }

    /// <inheritdoc/>
    public IUsers Users { get; }

    /// <inheritdoc/>
    public IModels Models { get; }

    /// <inheritdoc/>
    public ITrainings Trainings { get; }

    /// <inheritdoc/>
    public IExperiments Experiments { get; }

    /// <inheritdoc/>
    public IApiKeys Keys { get; }

    /// <inheritdoc/>
    public IServer Server { get; }

    /// <inheritdoc/>
    public Task<Ranking> RankAsync(RankRequest request, CancellationToken cancellationToken = default) => _calls.SendAsync(
        new HttpCall(HttpMethod.Post, "v1/rank") { Deadline = request.Deadline, Arm = request.Override }.With(request, ClientJson.Default.RankRequest),
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
}
