using Microsoft.Extensions.Logging;

namespace DinOrleans.ClusterTls.Peers;

/// <summary>Tells why connections to other processes fail, in one line per <see cref="Quiet"/> at most, because a refused process tries again and again.</summary>
internal sealed partial class RefusedPeers(TimeProvider time, ILogger<RefusedPeers> logger)
{
    /// <summary>The pause between two lines of one kind.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = logger;
    private readonly Occasions _refused = new(time);
    private readonly Occasions _ended = new(time);

    /// <summary>Counts a connection that this process refuses.</summary>
    /// <param name="peer">The other end, such as "from 10.0.0.1:40000".</param>
    /// <param name="reason">The reason.</param>
    public void Refuse(string peer, string reason)
    {
        if (_refused.ShouldLog(out int count))
        {
            LogRefused(count, peer, reason);
        }
    }

    /// <summary>Counts a connection that the other end has closed as soon as it was open. In TLS 1.3, this is all that a refused process sees.</summary>
    /// <param name="peer">The other end, such as "to 10.0.0.1:30000".</param>
    /// <param name="advice">What to look at.</param>
    public void End(string peer, string advice)
    {
        if (_ended.ShouldLog(out int count))
        {
            LogEnded(count, peer, advice);
        }
    }

    [LoggerMessage(EventId = 113, Level = LogLevel.Warning, Message = "This process has refused {Count} connections, the last one {Peer}: {Reason}")]
    private partial void LogRefused(int count, string peer, string reason);

    [LoggerMessage(EventId = 114, Level = LogLevel.Warning, Message = "{Count} connections of this process were closed as soon as they were open, the last one {Peer}. {Advice}")]
    private partial void LogEnded(int count, string peer, string advice);

    /// <summary>Counts what happens between two lines.</summary>
    private sealed class Occasions(TimeProvider time)
    {
        private readonly Lock _lock = new();
        private long? _loggedAt;
        private int _since;

        /// <returns>True where there should be a line, for all that have happened since the last one.</returns>
        public bool ShouldLog(out int count)
        {
            lock (_lock)
            {
                count = ++_since;
                if (_loggedAt is { } last && time.GetElapsedTime(last) < Quiet)
                {
                    return false;
                }

                _loggedAt = time.GetTimestamp();
                _since = 0;
                return true;
            }
        }
    }
}
