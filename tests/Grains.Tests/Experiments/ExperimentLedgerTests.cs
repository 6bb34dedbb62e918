using DinOrleans.Contracts;
using DinOrleans.Contracts.Experiments;
using DinOrleans.Grains.Experiments;
using DinOrleans.Storage.Experiments;

namespace DinOrleans.Grains.Tests.Experiments;

public sealed class ExperimentLedgerTests
{
    private const int Keep = 2;
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Board _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WriteAsync_MoreEndedExperimentsThanAreKept_ForgetsThoseThatEndedFirst()
    {
        ExperimentLedger ledger = await LedgerAsync(Keep);
        await ledger.WriteAsync([Run("running"), Ended("a", 1), Ended("b", 2)], [], report: null, Cancellation);
        Assert.Equal("a b running", Stored);
        await ledger.WriteAsync([Ended("c", 3)], [], report: null, Cancellation);
        Assert.Equal("b c running", Stored);
        Assert.Equal(Stored, InMemory(ledger));
        Assert.False(ledger.Concerns(new("silo", 1, [new("salt of a", 0, "new", new ArmCounts())])));
    }

    [Fact]
    public async Task WriteAsync_AnOldExperimentThatIsStartedAgain_IsNotForgotten()
    {
        ExperimentLedger ledger = await LedgerAsync(Keep);
        await ledger.WriteAsync([Ended("a", 1), Ended("b", 2)], [], report: null, Cancellation);
        await ledger.WriteAsync([Run("a"), Ended("c", 3)], [], report: null, Cancellation);
        Assert.Equal("a b c", Stored);
        Assert.False(ledger.HasSurplus);
    }

    [Fact]
    public async Task WriteAsync_AfterFewerAreKept_ForgetsTheRestAndStoresNoneOfIt()
    {
        await (await LedgerAsync(3)).WriteAsync([Ended("a", 1), Ended("b", 2), Ended("c", 3)], [], report: null, Cancellation);
        ExperimentLedger ledger = await LedgerAsync(1);
        Assert.True(ledger.HasSurplus);

        // Counts of an ended experiment may come late, and bring it into a change that forgets it.
        await ledger.WriteAsync([Ended("a", 1)], [], report: null, Cancellation);
        Assert.Equal("c", Stored);
        Assert.Equal(Stored, InMemory(ledger));
        Assert.False(ledger.HasSurplus);
    }

    private string Stored => Names(_store.Experiments.Select(e => e.Run));

    private static string InMemory(ExperimentLedger ledger) => Names(ledger.Runs);

    private static string Names(IEnumerable<ExperimentRun> runs) => string.Join(' ', runs.Select(r => r.Experiment.Name).Order(StringComparer.Ordinal));

    private static ExperimentRun Run(string name) =>
        SimulatedExperiment.Run(new Experiment { Name = name, Mode = ExperimentMode.Split, Arms = [] }) with { Salt = $"salt of {name}" };

    private static ExperimentRun Ended(string name, int hour) => Run(name) with { Status = ExperimentStatus.Stopped, EndedAt = Noon.AddHours(hour) };

    private async Task<ExperimentLedger> LedgerAsync(int keep)
    {
        var ledger = new ExperimentLedger(_store, keep, show: _ => { });
        await ledger.RefreshAsync(Cancellation);
        return ledger;
    }

    /// <summary>A store in memory that takes no change with an experiment both put and removed, as no database does in one statement.</summary>
    private sealed class Board : IExperimentStore
    {
        private ExperimentBoard _board = new(0, new Dictionary<string, long>(), []);

        public IReadOnlyList<StoredExperiment> Experiments => _board.Experiments;

        public Task<ExperimentBoard> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(_board);

        public Task<bool> TryWriteAsync(ExperimentChange change, CancellationToken cancellationToken)
        {
            string[] put = [.. change.Put.Select(p => p.Run.Experiment.Name)];
            if (put.Intersect(change.Remove).Any() || put.Distinct().Count() != put.Length)
            {
                throw new StoreUnavailableException("An experiment is changed twice.");
            }

            _board = new(
                _board.Revision + 1,
                change.Reports,
                [.. _board.Experiments.Where(e => !put.Contains(e.Run.Experiment.Name) && !change.Remove.Contains(e.Run.Experiment.Name)), .. change.Put]);
            return Task.FromResult(true);
        }
    }
}
