namespace DinOrleans.Client;

/// <summary>What a silo does, by its own report of the last seconds.</summary>
public sealed record SiloLoad
{
    /// <summary>The silo's address.</summary>
    public required string Silo { get; init; }

    /// <summary>The silo's name.</summary>
    public required string Name { get; init; }

    /// <summary>When the silo started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>True if the silo scores.</summary>
    public bool Scores { get; init; }

    /// <summary>The number of score requests that wait.</summary>
    public int Queue { get; init; }

    /// <summary>The most score requests that may wait. It is 0 for a silo that does not score.</summary>
    public int QueueLimit { get; init; }

    /// <summary>The number of rankings that the silo has made since it started.</summary>
    public long Rankings { get; init; }

    /// <summary>The rankings per second since the silo's report before.</summary>
    public double RankingsPerSecond { get; init; }

    /// <summary>The share of the machine's processors that is in use, 0 to 100; null if it is not known.</summary>
    public double? ProcessorPercent { get; init; }

    /// <summary>The memory that the process uses, in bytes.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>The memory that the process may use, in bytes.</summary>
    public long MemoryLimitBytes { get; init; }
}

/// <summary>The answer to <c>GET /v1/cluster</c>.</summary>
internal sealed record SiloList(IReadOnlyList<SiloLoad> Silos);
