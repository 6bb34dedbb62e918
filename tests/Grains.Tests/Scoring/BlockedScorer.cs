using DinOrleans.Grains.Scoring;
using DinOrleans.TestMachine;

namespace DinOrleans.Grains.Tests.Scoring;

/// <summary>Scores only when told to, and notes what it was given.</summary>
internal sealed class BlockedScorer(IScorer inner) : IScorer
{
    private readonly SemaphoreSlim _permits = new(0);
    private readonly SemaphoreSlim _entered = new(0);

    public List<int> BatchSizes { get; } = [];

    public string Kernel => inner.Kernel;

    public bool HasAttention => inner.HasAttention;

    public void Score(ScoreBatch batch, bool attention)
    {
        BatchSizes.Add(batch.Requests);
        _entered.Release();
        _permits.Wait();
        inner.Score(batch, attention);
    }

    /// <summary>Waits until a batch is being scored.</summary>
    public async Task EnteredAsync(CancellationToken cancellationToken) =>
        Assert.True(await _entered.WaitAsync(Eventually.Timeout, cancellationToken), "No batch was scored.");

    public void Allow(int batches) => _permits.Release(batches);

    public void Dispose()
    {
        inner.Dispose();
        _permits.Dispose();
        _entered.Dispose();
    }
}
