using System.Runtime.Intrinsics;

namespace DinOrleans.Kernels.Processors;

/// <summary>Makes the kernels that score on processors.</summary>
public static class ProcessorKernel
{
    /// <summary>Makes a kernel for the widest vectors of this machine.</summary>
    /// <param name="form">The form of the version.</param>
    public static IFusedKernel Create(FusedForm form) => Create(form, InstructionSets.Widest);

    /// <summary>Makes a kernel for one instruction set.</summary>
    /// <param name="form">The form of the version.</param>
    /// <param name="set">The instruction set, one of <see cref="InstructionSets.Available"/>.</param>
    /// <exception cref="PlatformNotSupportedException">This machine does not have the instruction set.</exception>
    public static IFusedKernel Create(FusedForm form, InstructionSet set)
    {
        if (!InstructionSets.Available.Contains(set))
        {
            throw new PlatformNotSupportedException($"This machine's processors do not have {set}.");
        }

        return set switch
        {
            InstructionSet.Avx512 => Create<Lanes512, Vector512<float>>(form),
            InstructionSet.Avx2 => Create<Lanes256, Vector256<float>>(form),
            _ => Create<Lanes128, Vector128<float>>(form),
        };
    }

    private static ProcessorKernel<TLanes, TVector> Create<TLanes, TVector>(FusedForm form)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => form switch
        {
            FusedDinForm din => new ProcessorDin<TLanes, TVector>(din),
            FusedBaseForm pooled => new ProcessorBase<TLanes, TVector>(pooled),
            FusedTowerForm towers => new ProcessorTowers<TLanes, TVector>(towers),
            _ => throw new ArgumentException($"No kernel scores a {form.GetType().Name}.", nameof(form)),
        };
}
