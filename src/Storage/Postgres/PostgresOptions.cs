using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Storage.Postgres;

/// <summary>The place of the shared database, and the bounds of the writer of events.</summary>
public sealed class PostgresOptions
{
    /// <summary>The Npgsql connection string of a database in which the program may create tables.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>The number of appends that may wait for a commit, 1 to 1,000,000. One more is refused as retryable. Default 4,096.</summary>
    [Range(1, 1_000_000)]
    public int QueueLimit { get; set; } = 4_096;

    /// <summary>The bytes of memory that waiting appends may keep, 16 MiB to 64 GiB. An append beyond that is refused as retryable. Default 256 MiB.</summary>
    [Range(16L << 20, 64L << 30)]
    public long QueueBytes { get; set; } = 256L << 20;

    /// <summary>The number of events at which one transaction takes no further append, 1 to 100,000. Default 5,000.</summary>
    [Range(1, 100_000)]
    public int GroupLimit { get; set; } = 5_000;
}
