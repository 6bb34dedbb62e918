using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Storage.Sqlite;

/// <summary>Where the embedded database lies and how it commits.</summary>
public sealed class SqliteOptions
{
    /// <summary>Name of the database file in the folder.</summary>
    public const string FileName = "dinorleans.db";

    /// <summary>Folder of the database; made where it is missing.</summary>
    [Required]
    public string Folder { get; set; } = "data";

    /// <summary>Writes that may wait for a commit, 1 to 1,000,000; one more is refused as retryable. Default 4,096.</summary>
    [Range(1, 1_000_000)]
    public int QueueLimit { get; set; } = 4_096;

    /// <summary>Bytes of memory that writes which wait for a commit may keep, 16 MiB to 64 GiB; one more is refused as retryable. Default 256 MiB.</summary>
    [Range(16L << 20, 64L << 30)]
    public long QueueBytes { get; set; } = 256L << 20;

    /// <summary>Writes that one transaction takes on at most, 1 to 100,000. Default 512.</summary>
    [Range(1, 100_000)]
    public int GroupLimit { get; set; } = 512;

    /// <summary>
    /// After an erasure the file is rewritten while writes wait, a few seconds per GB, if it has at most this many bytes; 0 for never. In a larger
    /// file, copies of erased rows may stay in unused parts of pages until somebody runs VACUUM. Default 1 GiB.
    /// </summary>
    [Range(0L, long.MaxValue)]
    public long CompactUpTo { get; set; } = 1L << 30;

    internal string Path => System.IO.Path.Combine(Folder, FileName);
}
