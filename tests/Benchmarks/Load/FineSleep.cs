using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DinOrleans.Benchmarks.Load;

/// <summary>Sleeps to within tens of microseconds without spinning: the runtime's own sleep is a millisecond or more too long.</summary>
internal static class FineSleep
{
    /// <summary>Returns when the stopwatch has reached a time; at once where it has passed.</summary>
    public static void Until(long timestamp)
    {
        long wait = timestamp - Stopwatch.GetTimestamp();
        if (wait <= 0)
        {
            return;
        }

        TimeSpan duration = TimeSpan.FromSeconds((double)wait / Stopwatch.Frequency);
        if (OperatingSystem.IsLinux())
        {
            _ = MicrosecondSleep((uint)Math.Min(duration.TotalMicroseconds, 999_999));
        }
        else
        {
            Thread.Sleep(duration);
        }
    }

    [DllImport("libc", EntryPoint = "usleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MicrosecondSleep(uint microseconds);
}
