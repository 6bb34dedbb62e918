using System.Runtime.InteropServices;

namespace DinOrleans.Grains.Scoring;

/// <summary>Returns memory that native code has freed to the system.</summary>
internal static partial class NativeMemory
{
    /// <summary>
    /// Asks the C library to return the memory that it keeps for later. Without it each version that comes and goes leaves about half a megabyte: the
    /// runtime's sessions allocate and free from many threads, and glibc keeps an arena per thread that only grows.
    /// </summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = MallocTrim(0);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // The C library is not glibc and keeps no such arenas.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nint pad);
}
