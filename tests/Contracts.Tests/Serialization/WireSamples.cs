using System.Text.Json;
using System.Text.Json.Serialization;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Schema;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Experiments;
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
        new() { RankingId = "r", UserId = "u", ModelVersion = "v", Timestamp = Moment, Context = Features, Items = [new("i", 0.5f)], Experiment = "x", Arm = "a", Temperature = 0.5, Propensities = (float[])[0.5f], CandidateCount = 3, Unshown = [new("j", 0.25f)] };

    private static readonly RankedItem Ranked =
        new() { ItemId = "a", Score = 0.5f, Scores = (float[])[0.25f, 1f], UnknownItem = true };

    private static readonly Explanation Explained = new([new("b", Moment)], (float[])[-0.5f]);
    private static readonly ModelAssignment Assignment = new("v2", "v3", "v1");
    private static readonly ModelScorer Scorer = new("ONNX Runtime", "It was faster.");
    private static readonly SiloModels Report = new("s", "v2", ["v1", "v2"], Features) { Failing = Features, Scorers = new Dictionary<string, ModelScorer> { ["v1"] = Scorer } };

    private static readonly ModelVersionInfo Version = new()
    {
        Version = "v",
        Kind = "din",
        PublishedAt = Moment,
        Metrics = new Dictionary<string, double> { ["auc"] = 0.8 },
        RefusedBecause = "no",
        ScoresAreProbabilities = true,
    };

    private static readonly ArmReference ToArm = new("x", "a");
    private static readonly ExperimentArm Arm = new() { Name = "a", Version = "v2", Share = 10, Temperature = 0.5 };
    private static readonly UserRange Users = new(10, 50);
    private static readonly ExperimentGuard Guard = new(GuardMeasure.Latency, 1.5, 7);

    private static readonly Experiment Canary = new()
    {
        Name = "x",
        Mode = ExperimentMode.Canary,
        Arms = [Arm],
        Users = Users,
        Ramp = [1, 5],
        ShadowFirst = true,
        StageTime = TimeSpan.FromMinutes(3),
        StageRankings = 7,
        Promotes = true,
        Guards = [Guard],
        AttributionWindow = TimeSpan.FromMinutes(4),
    };

    private static readonly ExperimentRun Run = new()
    {
        Experiment = Canary,
        Salt = "salt",
        StartedAt = Moment,
        Status = ExperimentStatus.Promoted,
        Stage = 1,
        StageSince = Moment,
        EndedAt = Moment,
        Reason = "because",
        Winner = "a",
        ChampionVersion = "v1",
    };

    private static readonly MeasuredDifference Difference = new(-0.1, -0.2, 0.05);

    private static readonly TaskReport Task = new() { Task = "click", Positives = 3, Rate = 0.1, Difference = Difference, LogLoss = 0.3, Calibration = 1.1 };
    private static readonly ShadowReport Shadow = new(3, 0.5, 0.25, 0.1, 0.2) { Dropped = 4 };

    private static readonly ArmReport MeasuredArm = new()
    {
        Arm = "a",
        Version = "v2",
        Users = 1,
        Rankings = 2,
        Errors = 3,
        Shown = 4,
        Tasks = [Task],
        LatencyP50 = 1.5,
        LatencyP99 = 2.5,
        Shadow = Shadow,
    };

    private static readonly TaskCounts OfTask = new() { Positives = [1], LogLoss = [0.5], Scored = [2], Expected = 0.75, ScoredPositives = 3 };
    private static readonly LatencyCounts Latency = new() { Counts = [1] };
    private static readonly DistinctUsers Distinct = new() { Ranks = [1] };
    private static readonly ShadowCounts OfShadow = new() { Compared = 1, Overlap = 0.5, KendallTau = 0.25, MeanScore = 0.1, AnsweredMeanScore = 0.2, Dropped = 2 };

    private static readonly ArmCounts OfArm = new()
    {
        RankingsOfBlocks = [1],
        Errors = 2,
        Shown = [3],
        Tasks = new() { ["click"] = OfTask },
        Latency = Latency,
        Users = Distinct,
        Shadow = OfShadow,
    };

    private static readonly CountedArm Counted = new("salt", 1, "a", OfArm);

    /// <summary>A sample of each type, in no order.</summary>
    public static IReadOnlyList<object> All { get; } =
    [
        new Violation("events[3].timestamp", "must be given"),
        new RankQuery { Candidates = ["a", "b"], Context = Features, Limit = 5, Explain = true, Background = true, TimeLeft = TimeSpan.FromMilliseconds(250), Override = ToArm },
        ToArm,
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
            Experiment = "x",
            Variant = "a",
            Temperature = 0.5,
            Propensities = (float[])[0.5f],
            UnavailableItems = ["c"],
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
        new Item("a", Features) { Unavailable = true, AvailableFrom = Moment, AvailableUntil = Moment.AddDays(1) },
        .. SearchSamples.All,
        new InputSchema { EventTypes = ["click"], ItemFeatures = [new("price", true)], UserFeatures = [new("age", true)], ContextFeatures = [new("device", false)] },
        new InputFeature("price", true),
        Assignment,
        Scorer,
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
        Arm,
        Users,
        Guard,
        Canary,
        Run,
        new ExperimentStage(true, 5),
        new ActiveQuality("v", 0.3, 0.4),
        Difference,
        Task,
        Shadow,
        MeasuredArm,
        new ExperimentReport { Run = Run, Arms = [MeasuredArm], SplitAlarm = "off" },
        OfTask,
        Latency,
        Distinct,
        OfShadow,
        OfArm,
        Counted,
        new SiloCounts("s", 7, [Counted]),
        new ConflictException("name", "must not be taken"),
        new InvalidInputException([new("a", "must be given"), new("b", "must occur once")], 7),
        new OverloadedException("full", TimeSpan.FromMilliseconds(1500)),
        new DeadlineExceededException("late"),
        new ModelVersionNotLoadedException("not here"),
        new StoreUnavailableException("away"),
        new InternalErrorException("broken"),
        .. TrainingSamples.All,
        .. KeySamples.All,
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
