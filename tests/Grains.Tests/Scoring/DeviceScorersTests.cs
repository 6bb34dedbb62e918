using DinOrleans.Grains.Scoring;

namespace DinOrleans.Grains.Tests.Scoring;

public sealed class DeviceScorersTests
{
    [Fact]
    public void Score_BatchOfADevice_GoesToItsScorer()
    {
        Noting[] each = [new(), new()];
        using (var scorers = new DeviceScorers(each))
        {
            scorers.Score(new ScoreBatch { Device = 1 }, attention: false);
            scorers.Score(new ScoreBatch { Device = 0 }, attention: false);
            scorers.Score(new ScoreBatch { Device = 1 }, attention: false);
        }

        Assert.Equal([1, 2], each.Select(s => s.Batches));
        Assert.All(each, s => Assert.True(s.IsDisposed));
    }

    private sealed class Noting : IScorer
    {
        public int Batches { get; private set; }

        public bool IsDisposed { get; private set; }

        public string Kernel => "test";

        public bool HasAttention => true;

        public void Score(ScoreBatch batch, bool attention) => Batches++;

        public void Dispose() => IsDisposed = true;
    }
}
