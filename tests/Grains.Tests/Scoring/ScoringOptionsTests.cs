using System.ComponentModel.DataAnnotations;
using DinOrleans.Grains.Scoring;

namespace DinOrleans.Grains.Tests.Scoring;

public sealed class ScoringOptionsTests
{
    public static TheoryData<ScoringOptions, string> Broken => new()
    {
        { new ScoringOptions { Precision = ScoringPrecision.Tf32 }, "Scoring:Precision is Tf32, which is for GPUs" },
        { new ScoringOptions { Precision = ScoringPrecision.Half }, "Scoring:Precision is Half, which is for GPUs" },
        { new ScoringOptions { Accelerator = Accelerator.Cuda, Precision = ScoringPrecision.Tf32 }, "Scoring:Kernel must be OnnxRuntime" },
        {
            new ScoringOptions { Accelerator = Accelerator.Cuda, Precision = ScoringPrecision.Half, Kernel = ScoringKernel.OnnxRuntime },
            "Scoring:Kernel must be Auto or Fused"
        },
        { new ScoringOptions { Devices = [] }, "Scoring:Devices must name" },
        { new ScoringOptions { Devices = [0, 0] }, "Scoring:Devices must name" },
        { new ScoringOptions { Devices = [-1] }, "Scoring:Devices must name" },
    };

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public void Validate_SettingsThatDoNotGoTogether_NamesTheSettingAndTheRule(ScoringOptions options, string message)
    {
        IEnumerable<ValidationResult> broken = options.Validate(new ValidationContext(options));
        Assert.Contains(broken, rule => rule.ErrorMessage!.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_Defaults_BreakNoRule()
    {
        var options = new ScoringOptions();
        Assert.True(Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));
    }

    [Theory]
    [InlineData(Accelerator.Cpu, 2_048)]
    [InlineData(Accelerator.Cuda, 1_000_000)]
    public void BatchPairs_NotSet_DependOnTheAccelerator(Accelerator accelerator, int pairs)
    {
        Assert.Equal(pairs, new ScoringOptions { Accelerator = accelerator }.BatchPairs);
        Assert.Equal(5, new ScoringOptions { Accelerator = accelerator, MaxBatchPairs = 5 }.BatchPairs);
    }

    [Fact]
    public void WorkerCount_NotSet_IsOnePerCoreOrTwoPerGpu()
    {
        Assert.Equal(Environment.ProcessorCount, new ScoringOptions().WorkerCount);
        Assert.Equal(6, new ScoringOptions { Accelerator = Accelerator.Cuda, Devices = [0, 1, 3] }.WorkerCount);
        Assert.Equal(7, new ScoringOptions { Accelerator = Accelerator.Cuda, Workers = 7 }.WorkerCount);
    }
}
