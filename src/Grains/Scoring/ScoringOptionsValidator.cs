using System.Runtime.Intrinsics;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Scoring;

/// <summary>The rules of <see cref="ScoringOptions"/> that span several settings or depend on the machine.</summary>
internal sealed class ScoringOptionsValidator : IValidateOptions<ScoringOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ScoringOptions options)
    {
        string[] broken = [.. Broken(options)];
        if (broken.Length > 0)
        {
            return ValidateOptionsResult.Fail(broken);
        }

        return ScoringDevice.Problem(options) is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Broken(ScoringOptions options)
    {
        bool cuda = options.Accelerator == Accelerator.Cuda;
        if (options.Kernel == ScoringKernel.Fused && !cuda && !Vector512.IsHardwareAccelerated)
        {
            yield return "Scoring:Kernel is Fused, but this machine's processors have no vectors of 512 bits (AVX-512). Set it to OnnxRuntime.";
        }

        if (options.Precision != ScoringPrecision.Full && !cuda)
        {
            yield return $"Scoring:Precision is {options.Precision}, which is for GPUs: Scoring:Accelerator must be Cuda.";
        }

        if (options.Precision == ScoringPrecision.Tf32 && options.Kernel != ScoringKernel.OnnxRuntime)
        {
            yield return "Scoring:Precision is Tf32, which is for ONNX Runtime: Scoring:Kernel must be OnnxRuntime.";
        }

        if (options.Precision == ScoringPrecision.Half && options.Kernel == ScoringKernel.OnnxRuntime)
        {
            yield return "Scoring:Precision is Half, which is for the fused kernel: Scoring:Kernel must be Auto or Fused.";
        }

        if (options.Devices is { } devices && (devices.Count == 0 || devices.Any(d => d < 0) || devices.Distinct().Count() < devices.Count))
        {
            yield return "Scoring:Devices must name at least one GPU, each by its number from 0 and once.";
        }

        if (options.ProviderLibrary is { } library && !File.Exists(library))
        {
            yield return $"Scoring:ProviderLibrary is {library}, which is not a file.";
        }
    }
}
