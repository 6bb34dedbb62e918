using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;
using DinOrleans.TestLog;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.Training.Tests.Samples.Rankings;

/// <summary>What a ranking may know of its user: never an event at or after its own moment.</summary>
public sealed class HistoryTests
{
    private static readonly SampleOptions Options = new() { ValidationShare = 0 };

    [Theory]
    [InlineData(HistoryOrder.ByTime)]
    [InlineData(HistoryOrder.BySequence)]
    public void Build_AnyLog_HistoryIsExactlyWhatPrecedes(HistoryOrder order)
    {
        TrainingLog log = LogOf.Random();
        SampleSet set = SampleSet.Build(log, Options with { HistoryOrder = order });
        int seen = 0;
        foreach (RankingBatch batch in set.Training.Batches(7, epoch: 0, shuffle: true))
        {
            for (int r = 0; r < batch.Rankings; r++)
            {
                int label = batch.Contexts[r];
                int first = log.Events.UserStart[batch.Users[r]];
                int[] expected = [.. Enumerable.Range(first, log.Events.UserStart[batch.Users[r] + 1] - first)
                    .Where(e => order == HistoryOrder.BySequence ? e < label : log.Events.Timestamp[e] < log.Events.Timestamp[label])
                    .TakeLast(log.Schema.Behaviours.MaxLength)
                    .Select(e => log.Events.Item[e])];
                Assert.Equal(expected, batch.Behaviours.Skip(r * batch.HistoryLength).Take(batch.Lengths[r]));
                Assert.Equal(log.Events.Item[label], batch.Candidates[r * batch.CandidateCount]);
                seen++;
            }
        }

        Assert.Equal(set.Training.Count, seen);
        Assert.True(seen > 100);
    }

    [Fact]
    public void Build_ByTime_EventsOfTheSameMomentDoNotSeeEachOther()
    {
        TrainingLog log = LogOf.Events(LogOf.Schema(), ["n"], "u a click 0", "u b click 1", "u c click 1", "u d click 2");

        string[] rankings = LogOf.Describe(log, SampleSet.Build(log, Options with { PopularNegatives = 0 }).Training);
        Assert.Equal(["u [a] b=1 n=0", "u [a] c=1 n=0", "u [a b c] d=1 n=0"], rankings);
    }

    [Fact]
    public void Build_BySequence_OrderDecidesWithinAMoment()
    {
        TrainingLog log = LogOf.Events(LogOf.Schema(), ["n"], "u a click 1", "u b click 1", "u c click 1");

        SampleOptions options = Options with { PopularNegatives = 0, HistoryOrder = HistoryOrder.BySequence };
        Assert.Equal(["u [a] b=1 n=0", "u [a b] c=1 n=0"], LogOf.Describe(log, SampleSet.Build(log, options).Training));
    }

    [Fact]
    public void Build_LongHistory_KeepsTheMostRecentOldestFirst()
    {
        TrainingLog log = LogOf.Events(LogOf.Schema(maxLength: 2), ["n"], "u a click 1", "u b click 2", "u c click 3", "u d click 4");

        Assert.Equal("u [b c] d=1 n=0", LogOf.Describe(log, SampleSet.Build(log, Options with { PopularNegatives = 0 }).Training)[^1]);
    }

    [Fact]
    public void Build_Sessions_KeepsThoseOfTheMostRecent()
    {
        FeatureSchema schema = LogOf.Schema();
        schema = schema with { Behaviours = schema.Behaviours with { SessionGap = TimeSpan.FromMinutes(30), Sessions = 2 } };
        TrainingLog log = LogOf.Events(
            schema, ["n"], "v x click 0", "u a click 100", "u b click 200", "u c click 230", "u d click 300", "u e click 331");

        string[] rankings = LogOf.Describe(log, SampleSet.Build(log, Options with { PopularNegatives = 0 }).Training);
        Assert.Equal(["u [a] b=1 n=0", "u [a b] c=1 n=0", "u [a b c] d=1 n=0", "u [b c d] e=1 n=0"], rankings.Select(WithoutNegatives));

        static string WithoutNegatives(string ranking) => ranking[..ranking.LastIndexOf(' ')] + " n=0";
    }

    [Fact]
    public void Build_SeveralSequences_EachIsCutByItsEventsLengthAndSessions()
    {
        FeatureSchema schema = LogOf.Schema(maxLength: 2) with { OtherEvents = ["buy", "cart"], Sequences = [new("bought", ["buy"], 1), new("cart", ["cart", "buy"], 4)] };
        schema = schema with { Behaviours = schema.Behaviours with { SessionGap = TimeSpan.FromMinutes(30), Sessions = 1 } };
        TrainingLog log = LogOf.Events(
            schema, ["n"], "u w cart 0", "u a buy 50", "u b buy 60", "u c click 61", "u d click 62", "u e click 63", "u f cart 64", "u g click 65", "u h buy 65");

        SampleSet set = SampleSet.Build(log, Options with { PopularNegatives = 0 });

        RankingBatch batch = set.Training.Batches(8, epoch: 0, shuffle: false).Single();
        int last = batch.Rankings - 1;
        Assert.StartsWith("u [d e b a b f] g=1 ", LogOf.Describe(log, set.Training)[^1], StringComparison.Ordinal);
        Assert.Equal([1, 3], batch.SequenceLengths.Skip(last * batch.SequenceCount).Take(batch.SequenceCount));
        Assert.Equal(2, batch.SequenceCount);
    }

    [Fact]
    public void Build_ImmediateRepeats_AreDroppedWhereAsked()
    {
        TrainingLog log = LogOf.Events(LogOf.Schema(), ["n"], "u a click 1", "u a click 2", "u b click 3", "u a click 4", "u a click 5");

        SampleOptions options = Options with { PopularNegatives = 0, DropImmediateRepeats = true };
        Assert.Equal(["u [a] b=1 n=0", "u [a b] a=1 n=0"], LogOf.Describe(log, SampleSet.Build(log, options).Training));
    }

    [Fact]
    public void Build_LastItemHeldOut_IsInNoSplitNorHistory()
    {
        TrainingLog log = LogOf.Events(
            LogOf.Schema(), ["n"], "u a click 1", "u b click 2", "u c click 3", "v a click 1", "v d click 9", "w a click 1");

        SampleSet set = SampleSet.Build(log, Options with { HoldOut = HoldOut.LastItem });
        Assert.StartsWith("u [a] b=1 ", Assert.Single(LogOf.Describe(log, set.Training)), StringComparison.Ordinal);
        Assert.Equal(0, set.Validation.Count);
    }

    [Fact]
    public void Build_ValidationShare_TakesTheLatest()
    {
        TrainingLog log = LogOf.Random();
        SampleSet set = SampleSet.Build(log, Options with { ValidationShare = 0.25 });

        Assert.Equal((set.Training.Count + set.Validation.Count) / 4, set.Validation.Count);
        Assert.True(Moments(log, set.Training).Max() <= Moments(log, set.Validation).Min());
    }

    [Fact]
    public void Build_ValidationOfLastItems_TakesOneRankingAUserAtMost()
    {
        TrainingLog log = LogOf.Random();
        SampleSet set = SampleSet.Build(log, Options with { Validation = ValidationRows.LastOfUser, ValidationShare = 0.02 });
        SampleSet all = SampleSet.Build(log, Options with { Validation = ValidationRows.LastOfUser, ValidationShare = 0.5 });

        int[] users = [.. Users(set.Validation)];
        Assert.Equal((set.Training.Count + set.Validation.Count) / 50, users.Length);
        Assert.Equal(users.Length, users.Distinct().Count());
        Assert.Equal(Users(all.Validation).Order(), Users(all.Validation).Distinct().Order());
        Assert.Equal(set.Training.Count + set.Validation.Count, all.Training.Count + all.Validation.Count);
        Dictionary<int, long> last = LastMoments(log, all.Validation);
        Assert.All(LastMoments(log, all.Training), user => Assert.True(user.Value <= last[user.Key]));
    }

    [Fact]
    public void Build_ValidationNegatives_AreTheSameWhateverTrainingDraws()
    {
        TrainingLog log = LogOf.Random();
        SampleOptions options = Options with { ValidationShare = 0.2 };

        Assert.Equal(
            LogOf.Describe(log, SampleSet.Build(log, options).Validation),
            LogOf.Describe(log, SampleSet.Build(log, options with { Seed = 9, UniformNegatives = 5, PopularNegatives = 0, PopularityExponent = 0.5 }).Validation));
    }

    [Fact]
    public void Build_NothingToLearnFrom_SaysSo() =>
        Assert.Throws<InvalidContentException>(() => SampleSet.Build(LogOf.Events(LogOf.Schema(), ["n"], "u a click 1", "v a click 1"), Options));

    private static IEnumerable<int> Users(SampleSplit split) => split.Batches(16, 0, shuffle: false).SelectMany(b => b.Users[..b.Rankings]);

    private static Dictionary<int, long> LastMoments(TrainingLog log, SampleSplit split) => Users(split).Zip(Moments(log, split))
        .GroupBy(p => p.First).ToDictionary(g => g.Key, g => g.Max(p => p.Second));

    private static List<long> Moments(TrainingLog log, SampleSplit split) =>
        [.. split.Batches(16, 0, shuffle: false).SelectMany(b => b.Contexts.Take(b.Rankings).Select(e => log.Events.Timestamp[e]).ToArray())];
}
