using Orleans.CodeGeneration;

namespace DinOrleans.Contracts.Health;

/// <summary>Tells what each silo of the cluster does now. Its key is 0.</summary>
[Alias("DinOrleans.IClusterLoadGrain"), Version(1)]
public interface IClusterLoadGrain : IGrainWithIntegerKey
{
    /// <summary>Returns the last report of each silo that has reported within the last ten seconds.</summary>
    [Alias("Get"), ResponseTimeout(CallDeadlines.Usual)]
    Task<IReadOnlyList<SiloLoad>> GetAsync(CancellationToken cancellationToken = default);
}

/// <summary>What a silo does, by its own report.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.SiloLoad")]
public sealed record SiloLoad
{
    /// <summary>The silo's address.</summary>
    [Id(0)]
    public required string Silo { get; init; }

    /// <summary>The silo's name.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>When the silo started.</summary>
    [Id(2)]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>True if the silo scores, because it has an accelerator.</summary>
    [Id(3)]
    public bool Scores { get; init; }

    /// <summary>The number of score requests that wait.</summary>
    [Id(4)]
    public int Queue { get; init; }

    /// <summary>The most score requests that may wait. It is 0 for a silo that does not score.</summary>
    [Id(5)]
    public int QueueLimit { get; init; }

    /// <summary>The number of rankings that the silo has made since it started.</summary>
    [Id(6)]
    public long Rankings { get; init; }

    /// <summary>The rankings per second since the silo's report before.</summary>
    [Id(7)]
    public double RankingsPerSecond { get; init; }

    /// <summary>The share of the machine's processors that is in use, 0 to 100. Null if it is not known.</summary>
    [Id(8)]
    public double? ProcessorPercent { get; init; }

    /// <summary>The memory that the process uses, in bytes.</summary>
    [Id(9)]
    public long MemoryBytes { get; init; }

    /// <summary>The memory that the process may use, in bytes.</summary>
    [Id(10)]
    public long MemoryLimitBytes { get; init; }
}
