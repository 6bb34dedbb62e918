using System.Globalization;
using DinOrleans.Contracts.Trainings;
using DinOrleans.Grains.Trainings;

namespace DinOrleans.Grains.Tests.Trainings;

/// <summary>
/// State × requests, reports and time, as tables. A training is written "id state", then in any order "w:" its service, "a:" its attempts, "f:" its
/// failures, "at:" the minute before which it is not tried and "e" for one that has ended. Ids are in the order of time.
/// </summary>
public sealed class TrainingQueueTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TrainingQueueOptions Options = new() { Retries = 2, RetryAfter = TimeSpan.FromMinutes(1) };

    /// <summary>Trainings newest first, what asks, and the training that answers.</summary>
    public static TheoryData<string, string[], TrainingTrigger, string> Requests { get; } = new()
    {
        { "nothing was trained", [], TrainingTrigger.Hand, "9 Waiting" },
        { "nothing was trained", [], TrainingTrigger.FirstStart, "9 Waiting" },
        { "the last one has ended", ["1 Published a:1 e"], TrainingTrigger.Schedule, "9 Waiting" },
        { "one waits", ["1 Waiting"], TrainingTrigger.Hand, "1 Waiting" },
        { "one waits to be tried again", ["1 Waiting a:1 f:1 at:5"], TrainingTrigger.Schedule, "1 Waiting a:1 f:1 at:5" },
        { "one waits to be tried again, a person asks", ["1 Waiting a:1 f:1 at:5"], TrainingTrigger.Hand, "1 Waiting a:1 f:1" },
        { "one waits to be tried again, the shop starts", ["1 Waiting a:1 f:1 at:5"], TrainingTrigger.FirstStart, "1 Waiting a:1 f:1" },
        { "one runs", ["1 Running w:a a:1"], TrainingTrigger.NewPositives, "1 Running w:a a:1" },
        { "one runs, the shop starts", ["1 Running w:a a:1"], TrainingTrigger.FirstStart, "1 Running w:a a:1" },
        { "one runs, a person asks", ["1 Running w:a a:1"], TrainingTrigger.Hand, "9 Waiting" },
        { "one runs and one waits, a person asks", ["2 Waiting", "1 Gating w:a a:1"], TrainingTrigger.Hand, "2 Waiting" },
    };

    /// <summary>Trainings newest first, the minute, and what service "a" gets; "-" for nothing.</summary>
    public static TheoryData<string, string[], int, string> Takes { get; } = new()
    {
        { "nothing waits", ["1 Published a:1 e"], 0, "-" },
        { "one waits", ["1 Waiting"], 0, "1 Running w:a a:1" },
        { "two wait: the older one first", ["2 Waiting", "1 Waiting a:1"], 0, "1 Running w:a a:2" },
        { "it is not time yet", ["1 Waiting a:1 f:1 at:5"], 4, "-" },
        { "it is time", ["1 Waiting a:1 f:1 at:5"], 5, "1 Running w:a a:2 f:1" },
        { "the older one has to wait", ["2 Waiting", "1 Waiting a:1 f:1 at:5"], 0, "2 Running w:a a:1" },
        { "another service trains", ["2 Waiting", "1 Running w:b a:1"], 0, "-" },
        { "another service is at the gates", ["1 Gating w:b a:1"], 0, "-" },
        { "it holds one and asks again", ["2 Waiting", "1 Gating w:a a:1"], 0, "1 Running w:a a:2" },
    };

    /// <summary>A training, the state that its attempt reports, and the training after that.</summary>
    public static TheoryData<string, string, TrainingState, string> Reports { get; } = new()
    {
        { "it trains", "1 Running w:a a:1", TrainingState.Running, "1 Running w:a a:1" },
        { "it is trained", "1 Running w:a a:1", TrainingState.Gating, "1 Gating w:a a:1" },
        { "it trains once more", "1 Gating w:a a:1", TrainingState.Running, "1 Running w:a a:1" },
        { "it is published", "1 Gating w:a a:1 f:1", TrainingState.Published, "1 Published a:1 f:1 e" },
        { "it is rejected", "1 Gating w:a a:1", TrainingState.Rejected, "1 Rejected a:1 e" },
        { "its service stops", "1 Running w:a a:1 f:1", TrainingState.Waiting, "1 Waiting a:1 f:1" },
        { "it fails", "1 Running w:a a:1", TrainingState.Failed, "1 Waiting a:1 f:1 at:1" },
        { "it fails again", "1 Gating w:a a:2 f:1", TrainingState.Failed, "1 Waiting a:2 f:2 at:2" },
        { "it fails once too often", "1 Running w:a a:3 f:2", TrainingState.Failed, "1 Failed a:3 f:3 e" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Request_OfEachState_IsAsTheTableSays(string what, string[] trainings, TrainingTrigger trigger, string answer) =>
        Assert.Equal((what, answer), (what, Text(TrainingQueue.Request([.. trainings.Select(Training)], new(trigger), "9", Noon))));

    [Theory]
    [MemberData(nameof(Takes))]
    public void Take_OfEachState_IsAsTheTableSays(string what, string[] trainings, int minute, string taken) =>
        Assert.Equal((what, taken), (what, Text(TrainingQueue.Take([.. trainings.Select(Training)], "a", Noon.AddMinutes(minute)))));

    [Theory]
    [MemberData(nameof(Reports))]
    public void Apply_OfEachState_IsAsTheTableSays(string what, string training, TrainingState state, string after) =>
        Assert.Equal((what, after), (what, Text(TrainingQueue.Apply(Training(training), Report(state), Noon, Options))));

    [Theory]
    [InlineData("1 Running w:b a:1", false, "-")]
    [InlineData("1 Waiting", true, "-")]
    [InlineData("1 Published a:1 e", true, "-")]
    [InlineData("1 Running w:b a:1", true, "1 Waiting a:1 f:1")]
    [InlineData("1 Gating w:b a:1", true, "1 Waiting a:1 f:1")]
    [InlineData("1 Running w:b a:3 f:2", true, "1 Failed a:3 f:3 e")]
    public void Lose_OfEachState_GivesBackWhatASilentServiceHeld(string training, bool isSilent, string after) =>
        Assert.Equal(after, Text(TrainingQueue.Lose([Training(training)], isSilent, Noon, Options)));

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 2)]
    [InlineData(1, 6, 32)]
    [InlineData(1, 7, 60)]
    [InlineData(1, 90, 60)]
    [InlineData(120, 1, 120)]
    [InlineData(120, 2, 120)]
    public void Apply_RepeatedFailures_DoubleTheWaitUpToAnHour(int firstMinutes, int failures, int minutes)
    {
        var options = new TrainingQueueOptions { Retries = 100, RetryAfter = TimeSpan.FromMinutes(firstMinutes) };
        TrainingInfo failed = TrainingQueue.Apply(Training("1 Running w:a a:1") with { Failures = failures - 1 }, Report(TrainingState.Failed), Noon, options);
        Assert.Equal(Noon.AddMinutes(minutes), failed.NotBefore);
    }

    [Fact]
    public void Apply_AReportWithMeasures_KeepsThemAndWhatEarlierOnesSaid()
    {
        TrainingReport first = Report(TrainingState.Running) with { Curve = [new(1, 0.5, 9, null, null, null)], StartedFrom = "v1", DataUntil = Noon };
        TrainingReport second = Report(TrainingState.Rejected) with { Gates = [new("gauc", false, 0.1, 0.2, 0.19)], Version = "v2", Error = "gauc is too low" };
        TrainingInfo training = TrainingQueue.Apply(TrainingQueue.Apply(Training("1 Running w:a a:1"), first, Noon, Options), second, Noon.AddHours(1), Options);
        Assert.Equal(first.Curve, training.Curve);
        Assert.Equal(second.Gates, training.Gates);
        Assert.Equal(
            ("v1", "v2", Noon, "gauc is too low", Noon.AddHours(1)),
            (training.StartedFrom, training.Version, training.DataUntil!.Value, training.Error, training.EndedAt!.Value));
    }

    [Theory]
    [InlineData("1", 2, true)]
    [InlineData("1", 1, false)]
    [InlineData("2", 2, false)]
    public void IsOf_ReportOfAnotherAttempt_IsFalse(string id, int attempt, bool isOf) =>
        Assert.Equal(isOf, TrainingQueue.IsOf(Training("1 Running w:a a:2"), new() { Id = id, Attempt = attempt, State = TrainingState.Running }));

    [Fact]
    public void IsOf_ReportOfATrainingThatWaits_IsFalse() =>
        Assert.False(TrainingQueue.IsOf(Training("1 Waiting a:2"), Report(TrainingState.Published) with { Attempt = 2 }));

    [Fact]
    public void Past_OfSeveral_CountsThosePublishedSinceTheLastFreshStart()
    {
        TrainingInfo[] trainings =
        [
            Training("6 Failed e") with { DataUntil = Noon.AddDays(1) },
            Training("5 Published e") with { StartedFrom = "v4", RequestedAt = Noon.AddHours(5) },
            Training("4 Rejected e"),
            Training("3 Published e") with { StartedFrom = "v2", DataUntil = Noon },
            Training("2 Published e"),
            Training("1 Published e") with { StartedFrom = "v0" },
        ];
        Assert.Equal(new TrainingPast(IsIdle: true, Noon.AddHours(5), Noon.AddDays(1), SinceFresh: 2), TrainingQueue.Past(trainings));
        Assert.Equal(new TrainingPast(IsIdle: true, null, null, 0), TrainingQueue.Past([]));
        Assert.False(TrainingQueue.Past([Training("1 Waiting")]).IsIdle);
        Assert.False(TrainingQueue.Past([Training("1 Gating w:a a:1")]).IsIdle);
    }

    [Fact]
    public void Surplus_OfMoreThanAreKept_IsTheOldestThatHaveEnded()
    {
        TrainingInfo[] trainings = [.. ((string[])["5 Waiting", "4 Published e", "3 Failed e", "2 Waiting", "1 Rejected e"]).Select(Training)];
        Assert.Equal(["3", "1"], TrainingQueue.Surplus(trainings, keep: 2));
        Assert.Empty(TrainingQueue.Surplus(trainings, keep: 5));
    }

    private static TrainingReport Report(TrainingState state) => new() { Id = "1", Attempt = 1, State = state };

    private static TrainingInfo Training(string text)
    {
        string[] words = text.Split(' ');
        string? Value(string name) => words.Skip(2).Where(w => w.StartsWith(name, StringComparison.Ordinal)).Select(w => w[name.Length..]).FirstOrDefault();
        int Number(string name) => int.Parse(Value(name) ?? "0", CultureInfo.InvariantCulture);
        return new()
        {
            Id = words[0],
            Trigger = TrainingTrigger.Schedule,
            State = Enum.Parse<TrainingState>(words[1]),
            RequestedAt = Noon,
            Worker = Value("w:"),
            Attempt = Number("a:"),
            Failures = Number("f:"),
            NotBefore = Value("at:") is null ? null : Noon.AddMinutes(Number("at:")),
            EndedAt = Value("e") is null ? null : Noon,
        };
    }

    private static string Text(TrainingInfo? training) => training is null ? "-" : string.Join(' ', ((string?[])
        [
            training.Id,
            $"{training.State}",
            training.Worker is null ? null : $"w:{training.Worker}",
            training.Attempt == 0 ? null : $"a:{training.Attempt}",
            training.Failures == 0 ? null : $"f:{training.Failures}",
            training.NotBefore is { } at ? $"at:{(at - Noon).TotalMinutes}" : null,
            training.EndedAt is null ? null : "e",
        ]).OfType<string>());
}
