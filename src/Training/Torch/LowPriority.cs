using System.Runtime.InteropServices;

namespace DinOrleans.Training.Torch;

/// <summary>Runs work on a thread that stands back for others.</summary>
internal static partial class LowPriority
{
    private const int PriorityOfProcess = 0;

    /// <summary>Runs something on a thread of its own.</summary>
    /// <param name="niceness">By how much the thread stands back, 0 to 19. The threads that it starts inherit that on Linux.</param>
    /// <param name="work">The work to run.</param>
    public static Task<T> RunAsync<T>(int niceness, Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                StandBack(niceness);
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        {
            IsBackground = true,
            Name = "training",
        };
        thread.Start();
        return done.Task;
    }

    /// <summary>The niceness of the calling thread; null on systems without one.</summary>
    internal static int? Niceness() => OperatingSystem.IsLinux() ? GetPriority(PriorityOfProcess, 0) : null;

    private static void StandBack(int niceness)
    {
        if (OperatingSystem.IsLinux())
        {
            // On Linux, 0 is the calling thread, not its process. A system that forbids it leaves the thread as it is.
            _ = SetPriority(PriorityOfProcess, 0, niceness);
        }
        else if (niceness > 0)
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);

    [LibraryImport("libc", EntryPoint = "getpriority")]
    private static partial int GetPriority(int which, uint who);
}
