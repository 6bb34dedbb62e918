using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DinOrleans.Kernels.Processors;
using DinOrleans.Kernels.Tests.Cuda;

namespace DinOrleans.Kernels.Tests.Processors;

public sealed class InstructionSetsTests
{
    /// <summary>The tests of the kernels say what an ARM64 processor computes only if they run with NEON's code there.</summary>
    [Fact]
    public void Vector128_EitherArchitecture_IsNeonWithFiveVectorsOnArm64Alone()
    {
        bool arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
        Assert.Equal(arm ? "NEON" : "vectors of 128 bits", InstructionSets.Name(InstructionSet.Vector128));
        Assert.Equal(arm ? 5 : 3, Lanes128.VectorsPerTile);
    }

    [Fact]
    public void Create_WithoutASet_TakesTheWidestOfTheArchitecture()
    {
        using IFusedKernel kernel = ProcessorKernel.Create(Forms.Create("{}"));
        Type expected = InstructionSets.Widest switch
        {
            InstructionSet.Avx512 => typeof(ProcessorDin<Lanes512, Vector512<float>>),
            InstructionSet.Avx2 => typeof(ProcessorDin<Lanes256, Vector256<float>>),
            _ => typeof(ProcessorDin<Lanes128, Vector128<float>>),
        };
        Assert.IsType(expected, kernel);
        if (RuntimeInformation.ProcessArchitecture == Architecture.Arm64)
        {
            Assert.Equal([InstructionSet.Vector128], InstructionSets.Available);
        }
    }
}
