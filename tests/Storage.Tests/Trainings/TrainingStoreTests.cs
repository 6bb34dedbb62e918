using DinOrleans.Contracts.Trainings;
using DinOrleans.Storage.Trainings;

namespace DinOrleans.Storage.Tests.Trainings;

/// <summary>What every store of trainings promises.</summary>
public abstract class TrainingStoreTests : StoreTests
{
    private ITrainingStore Trainings => Store<ITrainingStore>();

    [Fact]
    public async Task ReadAsync_BeforeAnything_IsEmpty()
    {
        TrainingBook book = await Trainings.ReadAsync(Cancellation);
        Assert.Equal(0, book.Revision);
        Assert.Empty(book.Trainings);
    }

    [Fact]
    public async Task TryWriteAsync_SeveralThenOneAgain_AreNewestFirstAndReplaced()
    {
        await WriteAsync([Training("a"), Training("c")]);
        await WriteAsync([Training("b")]);
        await WriteAsync([Training("a") with { State = TrainingState.Published }]);
        TrainingBook book = await Trainings.ReadAsync(Cancellation);
        Assert.Equal(3, book.Revision);
        Assert.Equal(
            [("c", TrainingState.Rejected), ("b", TrainingState.Rejected), ("a", TrainingState.Published)], book.Trainings.Select(t => (t.Id, t.State)));
    }

    [Fact]
    public async Task TryWriteAsync_TrainingsToForget_AreGone()
    {
        await WriteAsync([Training("a"), Training("b"), Training("c")]);
        await WriteAsync([], "a", "c", "never there");
        Assert.Equal(["b"], (await Trainings.ReadAsync(Cancellation)).Trainings.Select(t => t.Id));
    }

    [Fact]
    public async Task ReadAsync_AfterARestart_GivesBackEveryMember()
    {
        TrainingInfo put = Training("a");
        await WriteAsync([put]);
        await RestartAsync();
        TrainingInfo read = Assert.Single((await Trainings.ReadAsync(Cancellation)).Trainings);
        Assert.Equal(put with { Curve = read.Curve, Gates = read.Gates }, read);
        Assert.Equal(put.Curve, read.Curve);
        Assert.Equal(put.Gates, read.Gates);
    }

    [Fact]
    public async Task TryWriteAsync_DecidedOnAnOlderRevision_StoresNothing()
    {
        await WriteAsync([Training("a")]);
        Assert.False(await Trainings.TryWriteAsync(new(0, [Training("b")], ["a"]), Cancellation));
        TrainingBook book = await Trainings.ReadAsync(Cancellation);
        Assert.Equal(1, book.Revision);
        Assert.Equal(["a"], book.Trainings.Select(t => t.Id));
    }

    private async Task WriteAsync(IReadOnlyList<TrainingInfo> put, params string[] remove)
    {
        TrainingBook book = await Trainings.ReadAsync(Cancellation);
        Assert.True(await Trainings.TryWriteAsync(new(book.Revision, put, remove), Cancellation));
    }

    private static TrainingInfo Training(string id) => new()
    {
        Id = id,
        Trigger = TrainingTrigger.Schedule,
        Reason = "“weekly”",
        FreshWeights = true,
        State = TrainingState.Rejected,
        RequestedAt = DateTimeOffset.UnixEpoch.AddTicks(1),
        StartedAt = DateTimeOffset.UnixEpoch.AddDays(1),
        EndedAt = DateTimeOffset.UnixEpoch.AddDays(2),
        Worker = "w",
        Attempt = 3,
        Failures = 2,
        NotBefore = DateTimeOffset.UnixEpoch.AddDays(3),
        Progress = new(1, 3, 20, 300, 4000.5, null),
        Curve = [new(1, 0.4, 5000, 0.1 + 0.2, double.NaN, null)],
        Gates = [new("gauc", true, 0.7, 0.69, 0.68, "note")],
        Version = "v2",
        StartedFrom = "v1",
        DataUntil = DateTimeOffset.UnixEpoch.AddHours(5),
        Error = "gauc is too low",
    };
}
