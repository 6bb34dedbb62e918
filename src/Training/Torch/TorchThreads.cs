using DinOrleans.Training.Torch.NativeLibraries;
using TorchSharp;

namespace DinOrleans.Training.Torch;

/// <summary>How many threads tensor operations run on.</summary>
public static class TorchThreads
{
    /// <summary>The number that an option stands for on this machine.</summary>
    /// <param name="threads">0 is one per processor.</param>
    public static int Count(int threads) => threads == 0 ? Environment.ProcessorCount : threads;

    /// <summary>Sets the number for the calling thread: each keeps one of its own once it has run a parallel operation.</summary>
    /// <param name="threads">0 is one per processor.</param>
    public static void Use(int threads)
    {
        TorchRuntime.EnsureLoaded();
        torch.set_num_threads(Count(threads));
    }
}
