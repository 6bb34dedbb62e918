using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace DinOrleans.Training.Torch;

/// <summary>Runs work on a thread that stands back for others.</summary>
internal static partial class LowPriority
{
    private const int PriorityOfProcess = 0;

    /// <summary>Runs something on a thread of its own.</summary>
    /// <param name="niceness">By how much the thread stands back, 0 to 19. The threads that it starts inherit that on Linux.</param>
    /// <param name="work">
    /// The work to run. It must not queue anything to the thread pool: the pool starts its threads on the thread that needs them, and they would stand back too,
    /// for as long as the process runs.
    /// </param>
    public static Task<T> RunAsync<T>(int niceness, Func<T> work) => Task.Factory.StartNew(
        () =>
        {
            // This thread waits and answers, because an answer may start a thread of the pool.
            Result<T>? result = null;
            var thread = new Thread(() => result = Run(niceness, work)) { IsBackground = true, Name = "training" };
            thread.Start();
            thread.Join();
            result!.Error?.Throw();
            return result.Value!;
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <summary>The niceness of the calling thread; null on systems without one.</summary>
    internal static int? Niceness() => OperatingSystem.IsLinux() ? GetPriority(PriorityOfProcess, 0) : null;

    private static Result<T> Run<T>(int niceness, Func<T> work)
    {
        try
        {
            StandBack(niceness);
            return new(work(), null);
        }
        catch (Exception e)
        {
            return new(default, ExceptionDispatchInfo.Capture(e));
        }
    }

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

    private sealed record Result<T>(T? Value, ExceptionDispatchInfo? Error);
}
