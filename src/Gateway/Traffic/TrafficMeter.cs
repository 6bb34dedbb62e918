namespace DinOrleans.Gateway.Traffic;

/// <summary>
/// What this process has done in each of the last seconds, for people who look at it now. Metrics that are kept and compared over time are
/// exported at <c>/metrics</c>.
/// </summary>
internal sealed class TrafficMeter(TimeProvider time)
{
    /// <summary>The number of seconds that are kept.</summary>
    public const int Seconds = 300;

    private const int LatencySeconds = 60;
    private const int RateSeconds = 10;

    private readonly Lock _lock = new();
    private readonly TrafficSecond[] _ring = [.. Enumerable.Range(0, Seconds).Select(_ => new TrafficSecond())];

    /// <summary>When the process began to count.</summary>
    public DateTimeOffset Since { get; } = time.GetUtcNow();

    /// <summary>Counts a ranking that was answered.</summary>
    public void Ranked(TimeSpan elapsed)
    {
        lock (_lock)
        {
            TrafficSecond second = Current();
            second.Rankings++;
            second.Latencies.Add(elapsed);
        }
    }

    /// <summary>Counts events that were applied.</summary>
    public void Appended(int events)
    {
        lock (_lock)
        {
            Current().Events += events;
        }
    }

    /// <summary>Counts a request that was answered with an error status.</summary>
    public void Failed(int status)
    {
        lock (_lock)
        {
            if (status >= StatusCodes.Status500InternalServerError)
            {
                Current().Failed++;
            }
            else if (status == StatusCodes.Status429TooManyRequests)
            {
                Current().Refused++;
            }
        }
    }

    /// <summary>Returns what was counted, without the second that is still going on.</summary>
    public TrafficReport Report()
    {
        lock (_lock)
        {
            long last = Now() - 1;
            TrafficSecond[] seconds = [.. Enumerable.Range(0, Seconds).Select(i => Find(last - Seconds + 1 + i))];
            var latencies = new LatencyBuckets();
            foreach (TrafficSecond second in seconds.TakeLast(LatencySeconds))
            {
                latencies.Add(second.Latencies);
            }

            return new TrafficReport
            {
                Rankings = [.. seconds.Select(s => s.Rankings)],
                Events = [.. seconds.Select(s => s.Events)],
                Failed = [.. seconds.Select(s => s.Failed)],
                Refused = [.. seconds.Select(s => s.Refused)],
                P50 = latencies.Percentile(0.5),
                P99 = latencies.Percentile(0.99),
                RankingsPerSecond = seconds.TakeLast(RateSeconds).Average(s => s.Rankings),
                EventsPerSecond = seconds.TakeLast(RateSeconds).Average(s => s.Events),
            };
        }
    }

    private long Now() => time.GetTimestamp() / time.TimestampFrequency;

    private TrafficSecond Current()
    {
        long now = Now();
        TrafficSecond second = _ring[now % Seconds];
        if (second.Number != now)
        {
            second.Begin(now);
        }

        return second;
    }

    private TrafficSecond Find(long number) =>
        number >= 0 && _ring[number % Seconds] is { } second && second.Number == number ? second : TrafficSecond.Quiet;
}
