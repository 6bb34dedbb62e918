using DinOrleans.Grains.Scoring;
using DinOrleans.Kernels.Cuda;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Tests.Scoring;

public sealed class ScoringOptionsValidatorTests
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
        { new ScoringOptions { ProviderLibrary = "no/such/library.so" }, "Scoring:ProviderLibrary is no/such/library.so, which is not a file." },
    };

    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public void Validate_SettingsThatDoNotGoTogether_NamesTheSettingAndTheRule(ScoringOptions options, string message)
    {
        ValidateOptionsResult result = new ScoringOptionsValidator().Validate(null, options);
        Assert.Contains(result.Failures!, failure => failure.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_Defaults_Succeeds() => Assert.True(new ScoringOptionsValidator().Validate(null, new ScoringOptions()).Succeeded);

    [Fact]
    public void Validate_CudaWithoutADevice_IsOneLineThatNamesTheSetting()
    {
        Assert.SkipUnless(CudaDevice.Count == 0, "This machine has a CUDA device.");
        ValidateOptionsResult result = new ScoringOptionsValidator().Validate(null, new ScoringOptions { Accelerator = Accelerator.Cuda });
        string failure = Assert.Single(result.Failures!);
        Assert.StartsWith("Scoring:Accelerator is Cuda, but no CUDA device was found.", failure, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure);
    }
}
