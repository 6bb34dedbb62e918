using DinOrleans.Contracts.Trainings;
using DinOrleans.Training.Service;
using DinOrleans.Training.Service.Attempts;

namespace DinOrleans.Training.Tests.Service;

public sealed class TrainingTriggersTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly TrainingOptions Options = new() { Every = TimeSpan.FromHours(24), NewPositives = 500, FirstPositives = 100 };

    /// <summary>Hours since the last training was asked for and since the last version was published, positives since, and what is asked for.</summary>
    public static TheoryData<string, double?, double?, long, TrainingTrigger?> Facts { get; } = new()
    {
        { "an empty shop", null, null, 99, null },
        { "a shop with enough to begin with", null, null, 100, TrainingTrigger.FirstStart },
        { "a shop that was given a version", null, 1, 499, null },
        { "a shop that was given a version long ago", null, 24, 0, TrainingTrigger.Schedule },
        { "a version and many positives", null, 1, 500, TrainingTrigger.NewPositives },
        { "trained lately", 23.9, 23, 499, null },
        { "trained a day ago", 24, 23.9, 0, null },
        { "trained and published a day ago", 24.1, 24, 0, TrainingTrigger.Schedule },
        { "asked for a day ago, without a version", 24, null, 0, TrainingTrigger.Schedule },
        { "asked for lately, without a version", 1, null, 499, null },
        { "trained lately, with many positives since", 1, 0.9, 500, TrainingTrigger.NewPositives },
    };

    [Theory]
    [MemberData(nameof(Facts))]
    public void Decide_OfAnIdleCluster_IsAsTheTableSays(string what, double? asked, double? published, long positives, TrainingTrigger? trigger) =>
        Assert.Equal((what, trigger), (what, new TrainingTriggers(Options).Decide(Of(true, asked, published, positives))?.Trigger));

    [Fact]
    public void Decide_WhileATrainingIsUnderWay_AsksForNone() =>
        Assert.Null(new TrainingTriggers(Options).Decide(Of(isIdle: false, asked: 100, published: 100, positives: 1_000)));

    [Theory]
    [InlineData(0.30, 0.32, 2, null)]
    [InlineData(0.30, 0.33, 2, TrainingTrigger.RisingLogLoss)]
    [InlineData(0.30, 0.33, 0.5, null)]
    [InlineData(null, 0.33, 2, null)]
    [InlineData(0.30, null, 2, null)]
    public void Decide_OfALogLossThatHasRisen_AsksOncePerHour(double? first, double? latest, double asked, TrainingTrigger? trigger)
    {
        TriggerFacts facts = Of(true, asked, asked, 0) with { Quality = new("v1", first, latest) };
        Assert.Equal(trigger, new TrainingTriggers(Options).Decide(facts)?.Trigger);
    }

    [Fact]
    public void Decide_WithAllTriggersOff_AsksForNone()
    {
        var triggers = new TrainingTriggers(new TrainingOptions { Every = null, NewPositives = null, FirstPositives = null, LogLossRise = null });
        Assert.Null(triggers.Decide(Of(true, null, null, 1_000_000)));
        Assert.Null(triggers.Decide(Of(true, 1_000, 1_000, 1_000_000)));
        Assert.False(triggers.NeedsPositives(Of(true, 1_000, 1_000, 0)));
    }

    [Fact]
    public void NeedsPositives_WhereAnotherTriggerDecides_IsFalse()
    {
        var triggers = new TrainingTriggers(Options);
        Assert.True(triggers.NeedsPositives(Of(true, 1, 1, 0)));
        Assert.False(triggers.NeedsPositives(Of(true, 48, 48, 0)));
        Assert.False(triggers.NeedsPositives(Of(false, 1, 1, 0)));
    }

    [Fact]
    public void CountFrom_OfEachPast_IsWhatTheLastTrainingHasSeen()
    {
        Assert.Equal(DateTimeOffset.MinValue, Of(true, null, null, 0).CountFrom);
        Assert.Equal(Noon.AddHours(-3), Of(true, null, 3, 0).CountFrom);
        TriggerFacts trained = Of(true, 2, 3, 0);
        Assert.Equal(Noon.AddHours(-5), (trained with { Past = trained.Past with { LastDataUntil = Noon.AddHours(-5) } }).CountFrom);
    }

    private static TriggerFacts Of(bool isIdle, double? asked, double? published, long positives) => new(
        new(isIdle, asked is { } a ? Noon.AddHours(-a) : null, LastDataUntil: null, SinceFresh: 0), published is { } p ? Noon.AddHours(-p) : null, positives, Noon);
}
