using System.Globalization;

namespace DinOrleans.Cli.Backups;

/// <summary>The room on the disk of a folder.</summary>
internal static class FreeSpace
{
    /// <summary>What a copy leaves free besides, for the file system's own needs.</summary>
    private const long Margin = 16L << 20;

    private const double Megabyte = 1 << 20;

    /// <summary>The bytes that are free on the disk of a folder, or of the nearest folder above it that exists.</summary>
    public static long Of(string folder)
    {
        string? existing = Path.GetFullPath(folder);
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing) ?? throw new DirectoryNotFoundException($"There is no folder above {folder}.");
        }

        return new DriveInfo(existing).AvailableFreeSpace;
    }

    /// <summary>Refuses a copy for which the disk has no room.</summary>
    /// <exception cref="IOException">The disk has less room than the copy takes.</exception>
    public static void Require(string folder, long bytes)
    {
        long free = Of(folder);
        if (free < bytes + Margin)
        {
            throw new IOException($"{folder} needs {Text(bytes + Margin)}, but its disk has only {Text(free)} free.");
        }
    }

    /// <summary>A number of bytes for people.</summary>
    public static string Text(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte:N1} MiB");
}
