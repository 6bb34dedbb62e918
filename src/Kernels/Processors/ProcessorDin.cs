using System.Runtime.Intrinsics;

namespace DinOrleans.Kernels.Processors;

/// <summary>Makes the kernel that scores DIN on processors.</summary>
public static class ProcessorDin
{
    /// <summary>Makes a kernel for the widest vectors of this machine.</summary>
    /// <param name="form">The form of the version.</param>
    public static IDinKernel Create(FusedDinForm form) => Create(form, InstructionSets.Widest);

    /// <summary>Makes a kernel for one instruction set.</summary>
    /// <param name="form">The form of the version.</param>
    /// <param name="set">The instruction set, one of <see cref="InstructionSets.Available"/>.</param>
    /// <exception cref="PlatformNotSupportedException">This machine does not have the instruction set.</exception>
    public static IDinKernel Create(FusedDinForm form, InstructionSet set)
    {
        if (!InstructionSets.Available.Contains(set))
        {
            throw new PlatformNotSupportedException($"This machine's processors do not have {set}.");
        }

        return set switch
        {
            InstructionSet.Avx512 => new ProcessorDin<Lanes512, Vector512<float>>(form),
            InstructionSet.Avx2 => new ProcessorDin<Lanes256, Vector256<float>>(form),
            _ => new ProcessorDin<Lanes128, Vector128<float>>(form),
        };
    }
}
