using System.Diagnostics;

namespace DinOrleans.TestMachine;

/// <summary>A file system in memory of a few megabytes. Only root may mount one.</summary>
public sealed class SmallDisk : IDisposable
{
    private readonly long _bytes;

    private SmallDisk(string path, int megabytes)
    {
        Path = path;
        _bytes = megabytes * 1024L * 1024;
    }

    public string Path { get; }

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Mounts one.</summary>
    /// <param name="megabytes">Its size.</param>
    /// <param name="whyNot">The reason why a disk cannot be mounted here.</param>
    /// <returns>Null where this machine cannot have one.</returns>
    public static SmallDisk? TryMount(int megabytes, out string whyNot)
    {
        whyNot = OperatingSystem.IsLinux() ? "Mounting a small disk takes root." : "A small disk can be mounted on Linux only.";
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        string path = Directory.CreateTempSubdirectory("small-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", path) != 0)
        {
            Directory.Delete(path);
            return null;
        }

        return new(path, megabytes);
    }

    /// <summary>Takes up half of the disk until <see cref="Free"/>.</summary>
    public void FillHalf() => File.WriteAllBytes(Ballast, new byte[_bytes / 2]);

    /// <summary>Takes up all that is left of the disk until <see cref="Free"/>.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] page = new byte[4096];
        try
        {
            while (ballast.Position <= _bytes)
            {
                ballast.Write(page);
            }

            throw new InvalidOperationException($"{Path} took more than it has room for.");
        }
        catch (IOException)
        {
            // The disk is full.
        }
    }

    /// <summary>Gives back what was taken up, as one who cleans up does.</summary>
    public void Free() => File.Delete(Ballast);

    /// <inheritdoc/>
    public void Dispose()
    {
        // It goes when the last file of it is closed. A process that is just being started holds what this one had open, for a moment.
        if (Run("umount", "--lazy", Path) != 0)
        {
            throw new IOException($"{Path} cannot be unmounted.");
        }

        Directory.Delete(Path);
    }

    private static int Run(string program, params IEnumerable<string> arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
