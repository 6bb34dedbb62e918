using System.Runtime.InteropServices;

namespace DinOrleans.Training.Torch.NativeLibraries;

/// <summary>
/// Keeps the memory that a training step frees for the next step, and gives it back when training is done. A step frees hundreds of megabytes. The C
/// library would return them to the system and fault them in again page by page, which takes a fifth of the step's time.
/// </summary>
/// <remarks>It does nothing if the C library is not glibc.</remarks>
internal sealed partial class StepMemory : IDisposable
{
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;
    private const int Kept = 1 << 30;

    /// <summary>
    /// The value at which glibc's own adjustment of the map threshold ends, and the largest that older versions take. Setting a threshold turns the
    /// adjustment off, so the threshold is left at this value rather than at the small one that glibc starts with.
    /// </summary>
    private const int AdjustedMap = 1 << 25;

    private const int AdjustedTrim = 2 * AdjustedMap;

    private static readonly Lock Gate = new();
    private static readonly bool Available = OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out _);
    private static int _users;

    private bool _disposed;

    private StepMemory()
    {
    }

    /// <summary>Keeps freed memory until the result is disposed.</summary>
    public static StepMemory Keep()
    {
        lock (Gate)
        {
            if (Available && _users++ == 0)
            {
                _ = Set(TrimThreshold, Kept);
                _ = Set(MapThreshold, Kept) != 0 || Set(MapThreshold, AdjustedMap) != 0;
            }
        }

        return new StepMemory();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (Gate)
        {
            if (Available && !_disposed && --_users == 0)
            {
                _ = Set(TrimThreshold, AdjustedTrim);
                _ = Set(MapThreshold, AdjustedMap);
                _ = Trim(0);
            }

            _disposed = true;
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int Set(int parameter, int value);

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}
