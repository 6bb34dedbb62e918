using DinOrleans.Training.Torch.NativeLibraries;
using TorchSharp;

namespace DinOrleans.Training.Torch;

/// <summary>The threads that tensor code runs on.</summary>
public static class TorchThreads
{
    /// <summary>The number that an option stands for on this machine.</summary>
    /// <param name="threads">The number, at least 1. Null stands for one thread per processor.</param>
    public static int Count(int? threads) => threads ?? Environment.ProcessorCount;

    /// <summary>
    /// Runs work on a thread of its own, from the first tensor to the last, because dispose scopes and the number of threads belong to a thread.
    /// </summary>
    /// <param name="work">The work. It must not await anything.</param>
    /// <param name="cancellationToken">Keeps the work from starting. Work that should stop early observes the token itself.</param>
    public static Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>
    /// Sets the number of threads for the calling thread. Each thread keeps a number of its own once it has run a parallel operation.
    /// </summary>
    /// <param name="threads">The number, at least 1. Null stands for one thread per processor.</param>
    public static void Use(int? threads)
    {
        TorchRuntime.EnsureLoaded();

        // The number of the process is taken over by a thread's first use of its own, which another thread may have changed by then.
        _ = torch.get_num_threads();
        torch.set_num_threads(Count(threads));
    }
}
