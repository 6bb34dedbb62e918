using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Storage.Postgres;

/// <summary>Where the shared database is and how events are committed.</summary>
public sealed class PostgresOptions
{
    /// <summary>Npgsql connection string of a database that the program may make tables in.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>Appends that may wait for a commit, 1 to 1,000,000; one more is refused as retryable. Default 4,096.</summary>
    [Range(1, 1_000_000)]
    public int QueueLimit { get; set; } = 4_096;

    /// <summary>Bytes of memory that appends which wait for a commit may keep, 16 MiB to 64 GiB; one more is refused as retryable. Default 256 MiB.</summary>
    [Range(16L << 20, 64L << 30)]
    public long QueueBytes { get; set; } = 256L << 20;

    /// <summary>Events that one transaction takes on, but for the last append's, 1 to 100,000. Default 5,000.</summary>
    [Range(1, 100_000)]
    public int GroupLimit { get; set; } = 5_000;
}
