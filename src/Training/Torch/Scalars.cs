using DinOrleans.Training.Torch.NativeLibraries;
using TorchSharp;

namespace DinOrleans.Training.Torch;

/// <summary>Numbers that operations take, kept for good.</summary>
/// <remarks>
/// The library reads a scalar's native handle and then lets go of the scalar: one that was made for the call, as an implicit conversion
/// makes it, may be finalised and freed while native code still reads it. Where a number varies, its scalar is held by a using.
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
