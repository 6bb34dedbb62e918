using DinOrleans.Training.Torch.NativeLibraries;
using TorchSharp;

namespace DinOrleans.Training.Torch;

/// <summary>Numbers that operations take, kept for the life of the process.</summary>
/// <remarks>
/// TorchSharp reads a scalar's native handle and does not keep the scalar alive. A scalar that an implicit conversion makes for the call may be
/// finalised and freed while native code still reads it. Where a number varies, a <c>using</c> keeps its scalar.
/// </remarks>
internal static class Scalars
{
    static Scalars()
    {
        TorchRuntime.EnsureLoaded();
        Zero = 0;
        One = 1;
        NegativeInfinity = float.NegativeInfinity;
    }

    public static Scalar Zero { get; }

    public static Scalar One { get; }

    public static Scalar NegativeInfinity { get; }
}
