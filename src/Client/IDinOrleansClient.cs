namespace DinOrleans.Client;

/// <summary>
/// The REST API of a DinOrleans server. Every call throws <see cref="DinOrleansException"/> where the server refuses it or does not answer.
/// </summary>
public interface IDinOrleansClient
{
    /// <summary>The model versions. The calls need the scope <c>models</c>.</summary>
    IModels Models { get; }

    /// <summary>The trainings. The calls need the scope <c>training</c>.</summary>
    ITrainings Trainings { get; }

    /// <summary>The experiments. The calls need the scope <c>experiments</c>.</summary>
    IExperiments Experiments { get; }

    /// <summary>The API keys. The calls need the scope <c>admin</c>.</summary>
    IApiKeys Keys { get; }

    /// <summary>Ranks candidates for a user. Needs the scope <c>rank</c>.</summary>
    Task<Ranking> RankAsync(RankRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Appends events of any users, and returns after they are on disk. Needs the scope <c>events</c>. An event id is applied once per user, so that
    /// the call may be repeated with the same events.
    /// </summary>
    /// <param name="events">The events, in requests of 1,000 each. If any event of a request breaks a rule, none of that request is applied.</param>
    /// <param name="cancellationToken">Ends the call. Some events may have been applied.</param>
    Task<AppendedEvents> AppendEventsAsync(IReadOnlyCollection<BehaviourEvent> events, CancellationToken cancellationToken = default);

    /// <summary>Adds or replaces items, in requests of 1,000 each, of which all are applied or none. Needs the scope <c>catalogue</c>.</summary>
    Task PutItemsAsync(IReadOnlyCollection<CatalogueItem> items, CancellationToken cancellationToken = default);

    /// <summary>Replaces the features of a user's profile. Needs the scope <c>events</c>.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="features">The values of the profile's features by name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task PutProfileAsync(string userId, IReadOnlyDictionary<string, string> features, CancellationToken cancellationToken = default);

    /// <summary>Reads everything that is held about a user, page by page. Needs the scope <c>users.read</c>.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="pageSize">The number of behaviours and rankings of a page at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    IAsyncEnumerable<UserPage> ReadUserAsync(string userId, int pageSize = 1_000, CancellationToken cancellationToken = default);

    /// <summary>Erases a user everywhere. It may be repeated. Needs the scope <c>users.erase</c>.</summary>
    Task EraseUserAsync(string userId, CancellationToken cancellationToken = default);
}

/// <summary>The model versions of a server.</summary>
public interface IModels
{
    /// <summary>Returns the versions, and which silo serves which.</summary>
    Task<ModelRegistry> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Publishes a version that lies in the artifact store.</summary>
    /// <param name="version">The name of the version.</param>
    /// <param name="rollOut">False to record the version only, so that an experiment can name it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task PublishAsync(string version, bool rollOut = true, CancellationToken cancellationToken = default);

    /// <summary>Makes a known version the one to serve, for example to go back to an earlier one.</summary>
    Task ActivateAsync(string version, CancellationToken cancellationToken = default);

    /// <summary>Puts a version into the artifact store.</summary>
    /// <param name="version">The name of the version.</param>
    /// <param name="openTar">Opens a tar of its files. It is called once for each sending.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task UploadAsync(string version, Func<Stream> openTar, CancellationToken cancellationToken = default);
}

/// <summary>The trainings of a server.</summary>
public interface ITrainings
{
    /// <summary>Returns a page of trainings, newest first.</summary>
    /// <param name="limit">The number of trainings at most, 1 to 100.</param>
    /// <param name="after">The <see cref="TrainingPage.Next"/> of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<TrainingPage> GetAsync(int limit = 20, string? after = null, CancellationToken cancellationToken = default);

    /// <summary>Returns one training: its progress, its curve, its gates and what came of it.</summary>
    Task<TrainingRun> GetAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Asks for a training from the log. The call is not sent again after a lost connection.</summary>
    Task<TrainingRun> StartAsync(TrainingRequest request, CancellationToken cancellationToken = default);
}

/// <summary>The experiments of a server.</summary>
public interface IExperiments
{
    /// <summary>Returns all experiments with their measures, newest first.</summary>
    Task<IReadOnlyList<Experiment>> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns one experiment with its measures.</summary>
    Task<Experiment> GetAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Starts an experiment. Repeating the same call changes nothing.</summary>
    Task<Experiment> StartAsync(string name, ExperimentPlan plan, CancellationToken cancellationToken = default);

    /// <summary>Ends a running experiment by making an arm's version the active one.</summary>
    /// <param name="name">The experiment.</param>
    /// <param name="arm">The arm; null where the experiment has only one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<Experiment> PromoteAsync(string name, string? arm = null, CancellationToken cancellationToken = default);

    /// <summary>Ends a running experiment. All users are the active version's.</summary>
    Task<Experiment> StopAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Forgets an experiment that has ended.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken = default);
}

/// <summary>The API keys of a server.</summary>
public interface IApiKeys
{
    /// <summary>Returns all keys without their secrets, newest first.</summary>
    Task<IReadOnlyList<ApiKey>> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes a key. The call is not sent again after a lost connection.</summary>
    Task<NewKey> MakeAsync(KeyRequest request, CancellationToken cancellationToken = default);

    /// <summary>Ends a key for good. Every gateway refuses it within 10 seconds.</summary>
    Task RevokeAsync(string id, CancellationToken cancellationToken = default);
}
