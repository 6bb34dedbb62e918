using DinOrleans.Model.Schema;
using DinOrleans.TestLog;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.Training.Tests.Samples.Rankings;

public sealed class ImpressionsTests
{
    private static readonly SampleOptions Options = new() { ValidationShare = 0 };

    [Fact]
    public void Build_Impressions_AreTheCandidatesOfTheirRanking() => Expect(
        ["u [] a=0 b=1 c=0", "u [b] d=1 e=0"],
        "u a impression 0 r1", "u b impression 0 r1", "u c impression 0 r1", "u b click 1 r1",
        "u d impression 10 r2", "u e impression 10 r2", "u d click 12 r2");

    [Fact]
    public void Build_ClickAtTheImpressionsMoment_CountsAsLabelNotAsHistory() =>
        Expect(["u [a] b=1"], "u a click 0", "u b impression 5 r1", "u b click 5 r1");

    [Theory]
    [InlineData("60", "1")]
    [InlineData("60.001", "0")]
    public void Build_AttributionWindow_IncludesItsEnd(string minute, string label) =>
        Expect([$"u [] a={label}"], "u a impression 0 r1", $"u a click {minute} r1");

    [Fact]
    public void Build_ClickBeforeTheImpression_IsHistory() =>
        Expect(["u [a] a=0"], "u a click 0", "u a impression 5 r1");

    [Theory]
    [InlineData(HistoryOrder.ByTime, "4.99")]
    [InlineData(HistoryOrder.ByTime, "0")]
    [InlineData(HistoryOrder.BySequence, "4.99")]
    [InlineData(HistoryOrder.BySequence, "5")]
    public void Build_ClickThatNamesItsRankingByAClockBehindIt_IsItsLabelAndNotItsHistory(HistoryOrder order, string minute)
    {
        string[] events = ["u a click 1", $"u b click {minute} r1", "u b impression 5 r1", "u c impression 5 r1", "u d impression 9 r2"];
        TrainingLog log = LogOf.Events(LogOf.Schema(), [], events);

        Assert.Equal(["u [a] b=1 c=0", "u [a b] d=0"], LogOf.Describe(log, SampleSet.Build(log, Options with { HistoryOrder = order }).Training));
    }

    [Fact]
    public void Build_ClickThatNamesItsRankingBeforeALaterImpressionOfIt_IsItsLabel() =>
        Expect(["u [] a=0 b=1"], "u a impression 5 r1", "u b click 6 r1", "u b impression 8 r1");

    [Fact]
    public void Build_ClickThatNamesItsRankingByMoreThanClocksMayDiffer_IsHistory() =>
        Expect(["u [b] b=0"], "u b click 0 r1", "u b impression 5.001 r1");

    [Fact]
    public void Build_ClickUnderAnotherRanking_LabelsThatOneOnly() =>
        Expect(["u [] a=0", "u [] a=1"], "u a impression 0 r1", "u a impression 1 r2", "u a click 2 r2");

    [Fact]
    public void Build_ClickUnderNoRanking_LabelsEachThatShowedTheItem() =>
        Expect(["u [] a=1", "u [] a=1", "u [a] a=0"], "u a impression 0 r1", "u a impression 1 r2", "u a click 2", "u a impression 3 r3");

    [Fact]
    public void Build_ClickOfAnotherUser_LabelsNothing() =>
        Expect(["u [] a=0"], "u a impression 0 r1", "v a click 1 r1");

    [Fact]
    public void Build_ItemShownTwiceInARanking_IsOneCandidate() =>
        Expect(["u [] a=1 b=0"], "u a impression 0 r1", "u a impression 1 r1", "u b impression 1 r1", "u a click 2 r1");

    [Fact]
    public void Build_PositivesFromBeforeTheFirstImpression_GetSampledNegatives() =>
        Expect(["u [a] b=1 n=0", "v [] a=0"], "u a click 0", "u b click 1", "v a impression 60 r1", "u a click 61");

    [Theory]
    [InlineData("a@0 b@1 c@2", "u a impression 0 r1", "u b impression 0 r1", "u c impression 0 r1")]
    [InlineData("c@0 a@1 b@2", "u b impression 2 r1", "u a impression 1 r1", "u c impression 0 r1")]
    [InlineData("a@0 c@1", "u a impression 0 r1", "u a impression 1 r1", "u c impression 2 r1")]
    [InlineData("b@0 c@1", "u b impression 0 r1", "u a impression 0", "u a click 0", "u c impression 1 r1", "v a impression 0 r1")]
    public void Build_Impressions_StandInTheirOrder(string positions, params string[] events)
    {
        TrainingLog log = LogOf.Events(LogOf.Schema(), [], events);

        Assert.Equal(positions, LogOf.Positions(log, SampleSet.Build(log, Options).Training)[0].Replace(" -@-1", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Build_EachRanking_StartsAtTheFirstPosition()
    {
        TrainingLog log = LogOf.Events(LogOf.Schema(), [], "u a impression 0 r1", "v b impression 1 r2", "v a impression 1 r2", "u b impression 2 r3");

        Assert.Equal(["a@0 -@-1", "b@0 a@1", "b@0 -@-1"], LogOf.Positions(log, SampleSet.Build(log, Options).Training));
    }

    [Fact]
    public void Build_SampledNegativesAndTheirPositive_HaveNoPosition()
    {
        TrainingLog log = LogOf.Events(LogOf.Schema(), ["n"], "u a click 0", "u b click 1", "v a impression 60 r1");

        Assert.Equal(["b@-1 n@-1", "a@0"], LogOf.Positions(log, SampleSet.Build(log, Options with { PopularNegatives = 0 }).Training));
    }

    [Fact]
    public void Build_LastItemHeldOut_LeavesItsRankingAndThoseAfterItOut()
    {
        string[] events = ["u a impression 0 r1", "u a click 1 r1", "u b impression 10 r2", "u c impression 10 r2", "u c click 11 r2", "u d impression 500 r3"];
        TrainingLog log = LogOf.Events(LogOf.Schema(), ["n"], events);

        Assert.Equal(["u [] a=1"], LogOf.Describe(log, SampleSet.Build(log, Options with { HoldOut = HoldOut.LastItem }).Training));
    }

    [Fact]
    public void Build_TwoTasks_LabelEach()
    {
        FeatureSchema schema = LogOf.Schema(50, new("click", ["click", "buy"]), new("buy", ["buy"]));
        TrainingLog log = LogOf.Events(
            schema, [], "u a impression 0 r1", "u b impression 0 r1", "u c impression 0 r1", "u a click 1 r1", "u b click 2 r1", "u b buy 3");

        Assert.Equal(["u [] a=1/0 b=1/1 c=0/0"], LogOf.Describe(log, SampleSet.Build(log, Options).Training));
    }

    [Fact]
    public void Build_TwoTasksWithoutImpressions_AClickAndItsPurchaseAreOneRanking()
    {
        FeatureSchema schema = LogOf.Schema(50, new("click", ["click"]), new("buy", ["buy"]));
        TrainingLog log = LogOf.Events(schema, ["n"], "u a click 0", "u b click 1", "u b buy 2", "u b buy 90");

        Assert.Equal(
            ["u [a] b=1/1 n=0/0", "u [a b] b=0/1 n=0/0"],
            LogOf.Describe(log, SampleSet.Build(log, Options with { PopularNegatives = 0 }).Training));
    }

    private static void Expect(string[] rankings, params string[] events)
    {
        TrainingLog log = LogOf.Events(LogOf.Schema(), ["n"], events);
        Assert.Equal(rankings, LogOf.Describe(log, SampleSet.Build(log, Options with { PopularNegatives = 0 }).Training));
    }
}
