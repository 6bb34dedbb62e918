using DinOrleans.TestLog;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.Training.Tests.Samples.Negatives;

public sealed class NegativesTests
{
    private static readonly SampleOptions Options = new() { UniformNegatives = 3, PopularNegatives = 3, ValidationShare = 0.2 };

    [Fact]
    public void Batches_Negatives_AreNeverAKnownPositiveOfTheUserNorDrawnTwice()
    {
        TrainingLog log = LogOf.Random(users: 60, items: 25);
        SampleSet set = SampleSet.Build(log, Options with { HoldOut = HoldOut.LastItem });
        AssertNegatives(log, set.Training, shuffle: true);
        AssertNegatives(log, set.Validation, shuffle: false);
    }

    [Fact]
    public void Batches_HeldOutPositive_IsDrawnForItsUserAsForAnyone()
    {
        TrainingLog log = LogOf.Events(
            LogOf.Schema(), [], "u a click 1", "u b click 2", "u c click 3", "v a click 1", "v c click 2", "v b click 3", "v a click 4");
        SampleSet set = SampleSet.Build(log, new() { HoldOut = HoldOut.LastItem, ValidationShare = 0 });

        Assert.Contains("u [a] b=1 c=0", LogOf.Describe(log, set.Training));
    }

    private static void AssertNegatives(TrainingLog log, SampleSplit split, bool shuffle)
    {
        Dictionary<int, int> last = split.Batches(8, 0, shuffle: false)
            .SelectMany(b => Enumerable.Range(0, b.Rankings).Select(r => (User: b.Users[r], Event: b.Contexts[r])).ToArray())
            .GroupBy(r => r.User).ToDictionary(user => user.Key, user => user.Max(r => r.Event));
        for (int epoch = 0; epoch < 5; epoch++)
        {
            foreach (RankingBatch batch in split.Batches(8, epoch, shuffle))
            {
                for (int r = 0; r < batch.Rankings; r++)
                {
                    int user = batch.Users[r];
                    int[] own = log.Events.Item[log.Events.UserStart[user]..(last[user] + 1)];
                    int[] negatives = [.. batch.Candidates.Skip((r * batch.CandidateCount) + 1).Take(batch.CandidateCount - 1).Where(i => i >= 0)];
                    Assert.Empty(negatives.Intersect(own));
                    Assert.Equal(negatives.Length, negatives.Distinct().Count());
                }
            }
        }
    }

    [Fact]
    public void Batches_UserOfNearlyEverything_GetsWhatIsLeft()
    {
        TrainingLog log = LogOf.Events(LogOf.Schema(), ["n"], [.. Enumerable.Range(0, 300).Select(i => $"u i{i} click {i}")]);

        Assert.EndsWith("i299=1 n=0", LogOf.Describe(log, SampleSet.Build(log, Options with { ValidationShare = 0 }).Training)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Batches_Training_AreFreshEachEpochAndReproducible()
    {
        TrainingLog log = LogOf.Random();
        SampleSplit split = SampleSet.Build(log, Options).Training;

        Assert.Equal(LogOf.Describe(log, split, epoch: 1), LogOf.Describe(log, SampleSet.Build(log, Options).Training, epoch: 1));
        Assert.NotEqual(LogOf.Describe(log, split, epoch: 1), LogOf.Describe(log, split, epoch: 2));
        Assert.NotEqual(LogOf.Describe(log, split, epoch: 1), LogOf.Describe(log, SampleSet.Build(log, Options with { Seed = 2 }).Training, epoch: 1));
    }

    [Fact]
    public void Batches_Validation_HasFixedNegatives()
    {
        TrainingLog log = LogOf.Random();
        SampleSplit split = SampleSet.Build(log, Options).Validation;

        Assert.Equal(LogOf.Describe(log, split, epoch: 0), LogOf.Describe(log, split, epoch: 3));
    }

    [Fact]
    public void Batches_PopularNegatives_FollowTheTrainingPositives()
    {
        // Item p is every user's second click but u's, q one user's; n is nobody's.
        var events = Enumerable.Range(0, 50).SelectMany(i => new[] { $"v{i} s click 0", $"v{i} {(i == 0 ? "q" : "p")} click 1" });
        TrainingLog log = LogOf.Events(LogOf.Schema(), ["n"], [.. events, "u x click 0", "u y click 1"]);
        SampleOptions options = Options with { UniformNegatives = 0, PopularNegatives = 1, PopularityExponent = 1, ValidationShare = 0 };
        SampleSplit split = SampleSet.Build(log, options).Training;

        string[] negatives = [.. Enumerable.Range(0, 400).SelectMany(epoch => LogOf.Describe(log, split, 100, epoch))
            .Where(r => r.StartsWith("u [", StringComparison.Ordinal)).Select(r => r.Split(' ')[^1])];
        Assert.Equal(400, negatives.Length);
        Assert.DoesNotContain("n=0", negatives);
        Assert.InRange(negatives.Count(n => n == "p=0"), 360, 400);
    }
}
