using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Storage.Sqlite;

/// <summary>The place of the embedded database, and the bounds of its writer.</summary>
public sealed class SqliteOptions
{
    /// <summary>The name of the database file in the folder.</summary>
    public const string FileName = "dinorleans.db";

    /// <summary>The folder of the database. It is created if it is missing.</summary>
    [Required]
    public string Folder { get; set; } = "data";

    /// <summary>The number of writes that may wait for a commit, 1 to 1,000,000. One more is refused as retryable. Default 4,096.</summary>
    [Range(1, 1_000_000)]
    public int QueueLimit { get; set; } = 4_096;

    /// <summary>The bytes of memory that waiting writes may keep, 16 MiB to 64 GiB. A write beyond that is refused as retryable. Default 256 MiB.</summary>
    [Range(16L << 20, 64L << 30)]
    public long QueueBytes { get; set; } = 256L << 20;

    /// <summary>The number of writes that one transaction takes at most, 1 to 100,000. Default 512.</summary>
    [Range(1, 100_000)]
    public int GroupLimit { get; set; } = 512;

    /// <summary>
    /// The largest file, in bytes, that is rewritten after an erasure; 0 never rewrites it. Writes wait meanwhile, a few seconds per GB. In a
    /// larger file, copies of erased rows may stay in unused parts of pages until somebody runs VACUUM. Default 1 GiB.
    /// </summary>
    [Range(0L, long.MaxValue)]
    public long CompactUpTo { get; set; } = 1L << 30;

    /// <summary>True in a process that only reads the database, also while a server on the same machine uses it. Default false.</summary>
    public bool IsReadOnly { get; set; }

    internal string Path => System.IO.Path.Combine(Folder, FileName);
}
