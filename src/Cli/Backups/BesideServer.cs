using System.ComponentModel;
using System.Diagnostics;

namespace DinOrleans.Cli.Backups;

/// <summary>Does work beside a server on the same machine, which comes first where processors are short.</summary>
internal static class BesideServer
{
    /// <summary>Does the work at a priority below that of the server.</summary>
    /// <remarks>
    /// On Linux a priority is that of a thread, and a new thread has that of the thread which starts it. So the work gets a thread of its own, and this
    /// must be called on the main thread, whose priority is set. Elsewhere the priority is that of the process.
    /// </remarks>
    public static Task<T> RunAsync<T>(Func<T> work)
    {
        try
        {
            using var self = Process.GetCurrentProcess();
            self.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Win32Exception)
        {
            // A sandbox may forbid it. The work is then done at the usual priority.
        }

        return Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }
}
