using DinOrleans.ClusterTls.Peers;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.ClusterTls.Tests.Peers;

public sealed class RefusedPeersTests
{
    [Fact]
    public void Note_ManyTimes_LogsNowAndThenHowManyThereWere()
    {
        var time = new FakeTimeProvider();
        var logger = new FakeLogger<RefusedPeers>();
        var refused = new RefusedPeers(time, logger);
        refused.Refuse("from one", "no");
        refused.Refuse("from two", "no");
        refused.Refuse("from three", "no");
        refused.End("to a silo", "Look there.");
        time.Advance(RefusedPeers.Quiet);
        refused.Refuse("from four", "still no");

        Assert.Equal(
            [
                "This process has refused 1 connections, the last one from one: no",
                "1 connections of this process were closed as soon as they were open, the last one to a silo. Look there.",
                "This process has refused 3 connections, the last one from four: still no",
            ],
            logger.Collector.GetSnapshot().Select(r => r.Message));
    }
}
