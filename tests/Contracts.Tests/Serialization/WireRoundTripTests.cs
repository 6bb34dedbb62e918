using System.Text.Json;
using DinOrleans.Contracts.Inference;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Users;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace DinOrleans.Contracts.Tests.Serialization;

public sealed class WireRoundTripTests
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 31, 12, 0, 0, 250, TimeSpan.FromHours(9));
    private static readonly Dictionary<string, string> Features = new() { ["device"] = "ios", ["商品"] = "👟" };
    private static readonly LoggedRanking Logged =
        new() { RankingId = "r", UserId = "u", ModelVersion = "v", Timestamp = Moment, Context = Features, Items = [new("i", 0.5f)] };

    private static readonly Serializer Serializer =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    /// <summary>One of every wire record, every member set to something that is not its default.</summary>
    public static IReadOnlyList<object> Records { get; } =
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
            Items = [new RankedItem { ItemId = "a", Score = 0.5f, Scores = (float[])[0.25f], UnknownItem = true, Attention = [new("b", Moment, -0.5f)] }],
        },
        new RankedItem { ItemId = "a", Score = 0.5f, Scores = (float[])[0.25f, 1f], UnknownItem = true, Attention = [new("b", Moment, -0.5f)] },
        new BehaviourAttention("b", Moment, 0.125f),
        new BehaviourEvent { EventId = "e", UserId = "u", ItemId = "i", Type = "click", Timestamp = Moment, RankingId = "r", Context = Features },
        new AppendResult(2, 1, 3),
        new UserPageQuery(5, "next"),
        new UserProfile(Features),
        Logged,
        new Impression("i", 0.5f),
        new UserPage("u", new UserProfile(Features), [new BehaviourEvent { EventId = "e", UserId = "u", ItemId = "i", Type = "click", Timestamp = Moment }], [Logged], "next"),
        new Item("a", Features),
        new InputSchema { EventTypes = ["click"], ItemFeatures = [new("price", true)], UserFeatures = [new("age", true)], ContextFeatures = [new("device", false)] },
        new InputFeature("price", true),
        new ModelAssignment("v2", "v3", "v1"),
        new SiloModelReport("s", "v2", ["v1", "v2"], Features) { Failing = Features },
        new ModelVersionInfo { Version = "v", Kind = "din", PublishedAt = Moment, Metrics = new Dictionary<string, double> { ["auc"] = 0.8 }, RefusedBecause = "no", ScoresAreProbabilities = true },
        new ModelRegistry(
            new ModelAssignment("v2", null, null),
            [new ModelVersionInfo { Version = "v", Kind = "din", PublishedAt = Moment, Metrics = new Dictionary<string, double>() }],
            [new SiloModelReport("s", null, [], Features)]),
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
    ];

    public static TheoryData<string> RecordNames => [.. Records.Select(r => r.GetType().Name)];

    [Theory]
    [MemberData(nameof(RecordNames))]
    public void RoundTrip_ARecord_KeepsEveryMember(string name)
    {
        object record = Records.Single(r => r.GetType().Name == name);
        object read = RoundTrip(record);
        Assert.Same(record.GetType(), read.GetType());
        Assert.Equal(Text(record), Text(read));
    }

    [Fact]
    public void Records_OfTheContracts_AreAllTested() => Assert.Equal(
        ContractTypes.Records.Select(t => t.Name).Order(), Records.Select(r => r.GetType().Name).Order());

    [Fact]
    public void RoundTrip_ABlockShorterThanItsBuffer_SendsTheBlockAlone()
    {
        var block = (FloatBlock)RoundTrip(new FloatBlock([1f, float.NaN, float.NegativeInfinity, 4f, 5f], 3));
        Assert.Equal([1f, float.NaN, float.NegativeInfinity], block.Span.ToArray());
        Assert.Equal(3, block.Length);
    }

    [Fact]
    public void RoundTrip_AnEmptyBlock_IsEmpty() => Assert.Equal(0, ((FloatBlock)RoundTrip(FloatBlock.Empty)).Length);

    [Fact]
    public void RoundTrip_ABlock_CostsFourBytesAFloat()
    {
        int small = Serializer.SerializeToArray<object>(new FloatBlock(new float[1000])).Length;
        int large = Serializer.SerializeToArray<object>(new FloatBlock(new float[2000])).Length;
        Assert.Equal(4000, large - small);
    }

    [Fact]
    public void RoundTrip_InvalidInput_KeepsItsViolations()
    {
        var sent = new InvalidInputException([new("a", "must be given"), new("b", "must occur once")], 7);
        var read = (InvalidInputException)RoundTrip(sent);
        Assert.Equal(sent.Violations, read.Violations);
        Assert.Equal(7, read.More);
        Assert.Equal(sent.Message, read.Message);
    }

    [Fact]
    public void RoundTrip_Overloaded_KeepsWhenToRetry()
    {
        var read = (OverloadedException)RoundTrip(new OverloadedException("full", TimeSpan.FromMilliseconds(1500)));
        Assert.Equal(("full", TimeSpan.FromMilliseconds(1500)), (read.Message, read.RetryAfter));
    }

    [Theory]
    [InlineData(typeof(DeadlineExceededException))]
    [InlineData(typeof(ModelVersionNotLoadedException))]
    [InlineData(typeof(StoreUnavailableException))]
    [InlineData(typeof(InternalErrorException))]
    public void RoundTrip_AnException_KeepsTypeAndMessage(Type type)
    {
        var sent = (Exception)Activator.CreateInstance(type, "why")!;
        object read = RoundTrip(sent);
        Assert.Same(type, read.GetType());
        Assert.Equal("why", ((Exception)read).Message);
    }

    // As an object, which is how an answer or a failure travels: its type goes along.
    private static object RoundTrip(object value) => Serializer.Deserialize<object>(Serializer.SerializeToArray(value))!;

    private static string Text(object value) => JsonSerializer.Serialize(value, value.GetType(), Json);

    private static JsonSerializerOptions Json { get; } = new() { Converters = { new FloatBlockText() } };

    private sealed class FloatBlockText : System.Text.Json.Serialization.JsonConverter<FloatBlock>
    {
        public override FloatBlock Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, FloatBlock value, JsonSerializerOptions options) =>
            writer.WriteStringValue(string.Join(' ', value.Span.ToArray()));
    }
}
