using DinOrleans.Datasets;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;
using DinOrleans.TestLog;
using DinOrleans.TestMachine;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.Training.Tests.Samples.Splits;

public sealed class PairsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Pairs_GivesThemInOrder()
    {
        string path = _folder.Write("test.csv", "user,positive,negative,popular_negative\nu1,a,b,c\nu2,b,a,a\n");

        Assert.Equal([new RankingPair("u1", "a", "b", "c"), new RankingPair("u2", "b", "a", "a")], PairsFile.Read(path));
    }

    [Theory]
    [InlineData("user,positive,negative\nu,a,b\n", "test.csv line 1, column popular_negative: must be there")]
    [InlineData("user,positive,negative,popular_negative\nu,,b,c\n", "test.csv line 2, column positive: must be 1 to 200 characters")]
    [InlineData("user,positive,negative,popular_negative\nu,a,b,a\n", "test.csv line 2, column popular_negative: must not be the positive")]
    [InlineData("user,positive,negative,popular_negative\nu,a,b,c\nu,a,b,c\n", "test.csv line 3, column user: must be unique in the file")]
    [InlineData("user,positive,negative,popular_negative\n", "test.csv line 2: must be a pair, but the file has none")]
    public void Read_BadFile_NamesLineColumnAndRule(string content, string message) =>
        Assert.Equal(message, Assert.Throws<DatasetException>(() => PairsFile.Read(_folder.Write("test.csv", content))).Message);

    [Fact]
    public void Build_Pairs_RankTheLastItemAfterAllBeforeIt()
    {
        TrainingLog log = LogOf.Events(LogOf.Schema(), ["n", "m"], "u a click 1", "u b click 2", "u c click 3", "v a click 1");

        SampleSplit split = PairSamples.Build(log, [new("v", "a", "n", "m"), new("u", "c", "m", "n")], new());
        Assert.Equal(["v [] a=1 n=0 m=0", "u [a b] c=1 m=0 n=0"], LogOf.Describe(log, split));
        Assert.Equal(["a@-1 n@-1 m@-1", "c@-1 m@-1 n@-1"], LogOf.Positions(log, split));
    }

    [Fact]
    public void Build_PurchaseOfAClickedItem_IsRankedByWhatPrecededTheClickAsInTraining()
    {
        FeatureSchema schema = LogOf.Schema(10, new RankingTask("click", ["click"]), new RankingTask("buy", ["buy"]));
        SampleOptions lastItem = SampleProtocol.LastItem.Options(seed: 1);
        string[] events = ["u a click 1", "u b click 2", "u c click 10", "u d click 15", "u c buy 30", "v a click 1", "v c click 10", "v b click 80", "v c buy 90"];
        TrainingLog log = LogOf.Events(schema, ["n", "m"], events);

        SampleSplit split = PairSamples.Build(log, [new("u", "c", "n", "m"), new("v", "c", "n", "m")], lastItem);

        // The second user's purchase is more than the window of an hour after the click, and so a ranking of its own.
        Assert.Equal(["u [a b] c=1/1 n=0/0 m=0/0", "v [a c b] c=0/1 n=0/0 m=0/0"], LogOf.Describe(log, split));
        SampleSet training = SampleSet.Build(log, lastItem with { HoldOut = HoldOut.None, ValidationShare = 0 });
        Assert.Subset(
            LogOf.Describe(log, training.Training).Select(PositiveOf).ToHashSet(), LogOf.Describe(log, split).Select(PositiveOf).ToHashSet());

        static string PositiveOf(string ranking) => ranking[..ranking.IndexOf(' ', ranking.IndexOf("] ", StringComparison.Ordinal) + 2)];
    }

    [Fact]
    public void Draw_PurchaseOfAClickedItem_NeedsTwoBehavioursBeforeTheClick()
    {
        FeatureSchema schema = LogOf.Schema(10, new RankingTask("click", ["click"]), new RankingTask("buy", ["buy"]));
        TrainingLog log = LogOf.Events(
            schema, ["n"], "u a click 1", "u b click 2", "u b buy 3", "v a click 1", "v b click 2", "v c click 3", "v c buy 4");

        Assert.Equal("v", Assert.Single(PairSamples.Draw(log, SampleProtocol.LastItem.Options(seed: 1))).User);
    }

    [Theory]
    [InlineData("w", "a", "n", "pairs: user \"w\" has no positive event in the log")]
    [InlineData("u", "a", "n", "pairs: the last positive of user \"u\" must be \"a\", but is \"b\"")]
    [InlineData("u", "b", "x", "pairs: the log has no item \"x\"")]
    public void Build_PairTheLogContradicts_IsRefused(string user, string positive, string negative, string message)
    {
        TrainingLog log = LogOf.Events(LogOf.Schema(), ["n"], "u a click 1", "u b click 2");

        Assert.Equal(message, Assert.Throws<InvalidContentException>(() => PairSamples.Build(log, [new(user, positive, negative, "n")], new())).Message);
    }

    [Fact]
    public void Draw_Log_GivesEachUserTheirLastItemAndNoneOfTheirOwn()
    {
        TrainingLog log = LogOf.Random();
        SampleOptions options = SampleProtocol.LastItem.Options(seed: 1);

        IReadOnlyList<RankingPair> pairs = PairSamples.Draw(log, options);

        Assert.Equal(pairs, PairSamples.Draw(log, options with { Seed = 5 }));
        Assert.Equal(pairs.Count, PairSamples.Build(log, pairs, options).Count);
        Assert.All(pairs, pair =>
        {
            int user = log.FindUser(pair.User);
            var own = Enumerable.Range(log.Events.UserStart[user], log.Events.UserStart[user + 1] - log.Events.UserStart[user]).Select(e => log.ItemIds[log.Events.Item[e]]);
            Assert.DoesNotContain(pair.Negative, own);
            Assert.DoesNotContain(pair.PopularNegative, own);
        });
    }

    [Fact]
    public void Draw_FewBehaviours_LeavesTheUserOut()
    {
        TrainingLog log = LogOf.Events(LogOf.Schema(), ["n"], "u a click 1", "u b click 2", "v a click 1", "v b click 2", "v c click 3");

        Assert.Equal("v", Assert.Single(PairSamples.Draw(log, new())).User);
        Assert.Contains(
            "no user has two behaviours before their last positive",
            Assert.Throws<InvalidContentException>(() => PairSamples.Draw(LogOf.Events(LogOf.Schema(), ["n"], "u a click 1"), new())).Message);
    }
}
