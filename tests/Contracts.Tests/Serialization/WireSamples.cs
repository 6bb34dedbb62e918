using System.Text.Json;
using System.Text.Json.Serialization;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Schema;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Scoring;

namespace DinOrleans.Contracts.Tests.Serialization;

/// <summary>One value of every wire record and of every exception. Each member has a value that is neither empty nor the default.</summary>
internal static class WireSamples
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 31, 12, 0, 0, 250, TimeSpan.FromHours(9));
    private static readonly Dictionary<string, string> Features = new() { ["device"] = "ios", ["商品"] = "👟" };
    private static readonly JsonSerializerOptions Json = new() { Converters = { new FloatBlockText() } };

    private static readonly BehaviourEvent Event =
        new() { EventId = "e", UserId = "u", ItemId = "i", Type = "click", Timestamp = Moment, RankingId = "r", Context = Features };

    private static readonly LoggedRanking Logged =
        new() { RankingId = "r", UserId = "u", ModelVersion = "v", Timestamp = Moment, Context = Features, Items = [new("i", 0.5f)] };

    private static readonly RankedItem Ranked =
        new() { ItemId = "a", Score = 0.5f, Scores = (float[])[0.25f, 1f], UnknownItem = true };

    private static readonly Explanation Explained = new([new("b", Moment)], (float[])[-0.5f]);
    private static readonly ModelAssignment Assignment = new("v2", "v3", "v1");
    private static readonly SiloModels Report = new("s", "v2", ["v1", "v2"], Features) { Failing = Features };

    private static readonly ModelVersionInfo Version = new()
    {
        Version = "v",
        Kind = "din",
        PublishedAt = Moment,
        Metrics = new Dictionary<string, double> { ["auc"] = 0.8 },
        RefusedBecause = "no",
        ScoresAreProbabilities = true,
    };

    /// <summary>A sample of each type, in no order.</summary>
    public static IReadOnlyList<object> All { get; } =
    [
        new Violation("events[3].timestamp", "must be given"),
        new RankQuery { Candidates = ["a", "b"], Context = Features, Limit = 5, Explain = true, Background = true, TimeLeft = TimeSpan.FromMilliseconds(250) },
        new Ranking
        {
            RankingId = "r",
            ModelVersion = "v",
            Source = RankingSource.Popularity,
            HistoryLength = 3,
            TotalMicroseconds = 1500,
            ScoreMicroseconds = 250,
            Tasks = ["click"],
            ScoresAreProbabilities = true,
            Items = [Ranked],
            Explanation = Explained,
        },
        Ranked,
        Explained,
        new AttendedBehaviour("b", Moment),
        Event,
        new AppendResult(2, 1, 3),
        new UserPageQuery(5, "next"),
        new UserProfile(Features),
        Logged,
        new Impression("i", 0.5f),
        new UserPage("u", new UserProfile(Features), [Event], [Logged], "next"),
        new Item("a", Features),
        new InputSchema { EventTypes = ["click"], ItemFeatures = [new("price", true)], UserFeatures = [new("age", true)], ContextFeatures = [new("device", false)] },
        new InputFeature("price", true),
        Assignment,
        Report,
        Version,
        new ModelRegistry(Assignment, [Version], [Report]),
        new ScoreRequest
        {
            ModelVersion = "v",
            Behaviours = new([1f, 2f]),
            Candidates = new([3f]),
            CandidateBias = new([4f]),
            Profile = new([5f]),
            Context = new([6f]),
            HistoryLength = 2,
            CandidateCount = 1,
            Explain = true,
            Background = true,
            SequenceLengths = [1],
            TimeLeft = TimeSpan.FromMilliseconds(250),
        },
        new ScoreResult { Scores = new([0.5f]), Attention = new([0.25f]) },
        new InvalidInputException([new("a", "must be given"), new("b", "must occur once")], 7),
        new OverloadedException("full", TimeSpan.FromMilliseconds(1500)),
        new DeadlineExceededException("late"),
        new ModelVersionNotLoadedException("not here"),
        new StoreUnavailableException("away"),
        new InternalErrorException("broken"),
    ];

    /// <summary>Compares and prints what a member holds, with everything in it.</summary>
    public static string Text(object? value, Type type) => JsonSerializer.Serialize(value, type, Json);

    private sealed class FloatBlockText : JsonConverter<FloatBlock>
    {
        public override FloatBlock Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, FloatBlock value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Span.ToArray(), options);
    }
}
