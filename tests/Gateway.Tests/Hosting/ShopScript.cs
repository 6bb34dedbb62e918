using System.Collections.Concurrent;
using System.Threading.Channels;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Schema;
using DinOrleans.Contracts.Trainings;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Gateway.Tests.Hosting;

/// <summary>What the test silo's grains were asked, and what they answer. Tests use user ids of their own.</summary>
public sealed class ShopScript
{
    public static InputSchema Schema { get; } = new()
    {
        EventTypes = ["click", "impression"],
        ItemFeatures = [new("category", false), new("price", true)],
        UserFeatures = [new("country", false), new("age", true)],
        ContextFeatures = [new("device", false), new("hour", true)],
    };

    public static ModelRegistry Registry { get; } = new(
        new ModelAssignment("v2", "v3", "v1"),
        [
            new ModelVersionInfo
            {
                Version = "v3",
                Kind = "din",
                PublishedAt = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero),
                Metrics = new Dictionary<string, double> { ["auc"] = 0.83, ["gauc"] = double.NaN },
                ScoresAreProbabilities = true,
                RefusedBecause = "scorer.onnx: sha256 differs",
            },
        ],
        [new SiloModels("s1", "v2", ["v2", "v1"], new Dictionary<string, string> { ["v3"] = "scorer.onnx" })]);

    public ConcurrentDictionary<string, RankQuery> Queries { get; } = [];

    public ConcurrentDictionary<string, IReadOnlyList<BehaviourEvent>> Appended { get; } = [];

    public ConcurrentDictionary<string, UserProfile> Profiles { get; } = [];

    /// <summary>The page of a user that was asked for last.</summary>
    public ConcurrentDictionary<string, UserPageQuery> Pages { get; } = [];

    public ConcurrentQueue<string> Erased { get; } = [];

    public ConcurrentQueue<UserSearch> UserSearches { get; } = [];

    public ConcurrentQueue<ItemSearch> ItemSearches { get; } = [];

    public ConcurrentQueue<PopularItemsQuery> PopularQueries { get; } = [];

    public ConcurrentQueue<(string ItemId, int Days)> ItemDays { get; } = [];

    public ConcurrentQueue<Item> Items { get; } = [];

    public ConcurrentQueue<string> DeletedItems { get; } = [];

    public ConcurrentQueue<string> Activated { get; } = [];

    /// <summary>The experiments by name.</summary>
    public ConcurrentDictionary<string, ExperimentReport> Experiments { get; } = [];

    /// <summary>The versions whose roll-out waits, each with the reason.</summary>
    public ConcurrentDictionary<string, string> Waiting { get; } = [];

    public ConcurrentQueue<string> Published { get; } = [];

    /// <summary>Versions that were recorded without being brought to the users.</summary>
    public ConcurrentQueue<string> Recorded { get; } = [];

    /// <summary>The parts of versions that were uploaded.</summary>
    public ConcurrentQueue<VersionPart> Parts { get; } = [];

    /// <summary>How uploads ended.</summary>
    public ConcurrentQueue<string> Uploads { get; } = [];

    public ConcurrentQueue<TrainingRequest> TrainingRequests { get; } = [];

    /// <summary>The API keys by id.</summary>
    public ConcurrentDictionary<string, HashedApiKey> Keys { get; } = [];

    /// <summary>What gateways have said of the use of keys.</summary>
    public ConcurrentQueue<ApiKeyUse> KeyUses { get; } = [];

    /// <summary>Fails where the keys cannot be told.</summary>
    public Action TellKeys { get; set; } = () => { };

    /// <summary>Set where the keys are told only when the call is cancelled.</summary>
    public (TaskCompletionSource Reached, TaskCompletionSource Cancelled)? KeysHang { get; set; }

    /// <summary>What a user's grain fails with.</summary>
    public ConcurrentDictionary<string, Exception> Failures { get; } = [];

    /// <summary>How many calls of a user's grain fail, from the next one on, as calls of a silo that leaves do.</summary>
    public ConcurrentDictionary<string, int> Leaving { get; } = [];

    /// <summary>Users whose grain answers a ranking or an append only when it is cancelled.</summary>
    public ConcurrentDictionary<string, TaskCompletionSource> Hangs { get; } = [];

    /// <summary>Users whose grain was cancelled while it hung.</summary>
    public Channel<string> Cancelled { get; } = Channel.CreateUnbounded<string>();

    /// <summary>What a user's grain answers with; <see cref="ModelRanking"/> where nothing is set.</summary>
    public ConcurrentDictionary<string, Ranking> Rankings { get; } = [];

    public Func<InputSchema> AnswerSchema { get; set; } = () => Schema;

    /// <summary>Fails where the store takes no writes.</summary>
    public Action CheckStore { get; set; } = () => { };

    public Func<ModelRegistry> AnswerRegistry { get; set; } = () => Registry;

    /// <summary>Scores a query's candidates 0.9, 0.8, …, in their order.</summary>
    public static Ranking ModelRanking(RankQuery query) => new()
    {
        RankingId = "r1",
        ModelVersion = "v2",
        Source = RankingSource.Model,
        HistoryLength = 2,
        Tasks = ["click", "buy"],
        ScoresAreProbabilities = true,
        TotalMicroseconds = 1_500,
        ScoreMicroseconds = 250,
        Items =
        [
            .. query.Candidates.Take(query.Limit ?? query.Candidates.Count).Select((id, i) => new RankedItem
            {
                ItemId = id,
                Score = 0.5f - (i * 0.125f),
                Scores = (float[])[0.5f - (i * 0.125f), 0.25f],
                UnknownItem = id.StartsWith("unknown", StringComparison.Ordinal),
            }),
        ],
        Explanation = query.Explain
            ? new([new("i7", Noon), new("i8", Noon.AddHours(1))], query.Candidates.SelectMany(_ => (float[])[0.75f, -0.25f]).ToArray())
            : null,
    };

    /// <summary>An item as searches find it.</summary>
    public static Item FoundItem(string id) => new(id, new Dictionary<string, string> { ["category"] = "c7" });

    public static DateTimeOffset Noon { get; } = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
}
