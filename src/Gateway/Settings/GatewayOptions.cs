using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Gateway.Settings;

/// <summary>What the REST API accepts, and how long requests may take.</summary>
public sealed class GatewayOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Gateway";

    /// <summary>The largest request body in bytes, except for items, 1 KiB to 64 MiB. Default 1 MiB.</summary>
    [Range(1L << 10, 64L << 20)]
    public long MaxBodyBytes { get; set; } = 1L << 20;

    /// <summary>The largest request body of items in bytes, 1 KiB to 64 MiB. Default 4 MiB.</summary>
    [Range(1L << 10, 64L << 20)]
    public long MaxItemsBodyBytes { get; set; } = 4L << 20;

    /// <summary>The largest body of items that are sent as lines (<c>application/x-ndjson</c>) in bytes, 1 MiB to 1 TiB. It is written as it arrives. Default 16 GiB.</summary>
    [Range(1L << 20, 1L << 40)]
    public long MaxItemLinesBytes { get; set; } = 16L << 30;

    /// <summary>How long a request's body, or the next part of a body of lines, may take to arrive, 100 ms to 10 minutes. A slower one is answered 408. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many bytes of events, items and profiles may be in hand at a time, 1 MiB to 1 GiB, and at least the largest body. A request beyond
    /// that is answered 429. A body that is full of small values takes about forty times its bytes while it is checked. Default 32 MiB.
    /// </summary>
    [Range(1L << 20, 1L << 30)]
    public long MaxWriteBytesInHand { get; set; } = 32L << 20;

    /// <summary>
    /// How many rankings may be in hand at a time, 1 to 1,000,000. One more is answered 429 at once, without its body being read. A ranking
    /// is in hand once its body has arrived. The default is 128, which fills the batches of a silo in the same process and keeps the wait of
    /// the last ranking short. A gateway in front of many silos needs more.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxConcurrentRankings { get; set; } = 128;

    /// <summary>
    /// How long a ranking without the header <c>X-Deadline-Ms</c> may take, 100 ms to 1 minute. After that it is answered 503, and its place
    /// is free for others. Default 5 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan RankingTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a call that met a silo which is leaving its cluster is repeated, 0 to 10 s. The rankings, events and other requests that do no harm
    /// twice then do not fail while silos are restarted. After that time they are answered 503. With 0 nothing is repeated. Default 2 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan RepeatCallsFor { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How old the copy of the schema that inputs are checked against may be before it is asked for again, 1 s to 1 hour. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan SchemaMaxAge { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer of <c>/health/ready</c> is used again before the cluster is asked anew, 0 to 1 minute. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ReadinessMaxAge { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the cluster may take to say that it is ready before <c>/health/ready</c> answers 503, 100 ms to 30 s. Default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan ReadinessTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The wait that <c>Retry-After</c> asks for when the cluster or a store is unavailable, 1 s to 1 hour. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaxWriteBytesInHand < Math.Max(MaxBodyBytes, MaxItemsBodyBytes))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(MaxWriteBytesInHand)} must be at least {nameof(MaxBodyBytes)} and {nameof(MaxItemsBodyBytes)}.", [nameof(MaxWriteBytesInHand)]);
        }
    }

    /// <summary>
    /// True to let any caller choose the arm of an experiment by the header <c>X-Experiment-Override</c>, to look at what it answers. Such rankings are
    /// not measured. Default false.
    /// </summary>
    public bool ExperimentOverrides { get; set; }
}
