using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DinOrleans.Kernels.Processors;

/// <summary>The vectors that a kernel computes with.</summary>
public enum InstructionSet
{
    /// <summary>Vectors of 512 bits, on x64 processors with AVX-512.</summary>
    Avx512,

    /// <summary>Vectors of 256 bits, on x64 processors with AVX2 and FMA.</summary>
    Avx2,

    /// <summary>Vectors of 128 bits: NEON on ARM64, and SSE or plain code elsewhere. Every processor has them.</summary>
    Vector128,
}

/// <summary>The instruction sets of this machine's processors.</summary>
public static class InstructionSets
{
    /// <summary>The sets that this machine has, the widest first.</summary>
    public static IReadOnlyList<InstructionSet> Available { get; } = [.. Enum.GetValues<InstructionSet>().Where(IsAvailable)];

    /// <summary>The widest set that this machine has.</summary>
    public static InstructionSet Widest => Available[0];

    /// <summary>The usual name of a set on this machine, for example "AVX2".</summary>
    /// <param name="set">The set.</param>
    public static string Name(InstructionSet set) => set switch
    {
        InstructionSet.Avx512 => "AVX-512",
        InstructionSet.Avx2 => "AVX2",
        _ => System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported ? "NEON" : "vectors of 128 bits",
    };

    private static bool IsAvailable(InstructionSet set) => set switch
    {
        InstructionSet.Avx512 => Vector512.IsHardwareAccelerated && Avx512F.IsSupported,
        InstructionSet.Avx2 => Avx2.IsSupported && Fma.IsSupported,
        _ => true,
    };
}
