using DinOrleans.Grains.Scoring;
using DinOrleans.Kernels.Cuda;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Tests.Scoring;

public sealed class ScoringOptionsValidatorTests
{
    [Fact]
    public void Validate_AProviderLibraryThatIsNotThere_NamesTheSetting()
    {
        ValidateOptionsResult result = new ScoringOptionsValidator().Validate(null, new ScoringOptions { ProviderLibrary = "no/such/library.so" });
        Assert.Equal("Scoring:ProviderLibrary is no/such/library.so, which is not a file.", result.FailureMessage);
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
