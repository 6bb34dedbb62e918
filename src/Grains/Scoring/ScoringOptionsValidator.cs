using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Scoring;

/// <summary>The rules of <see cref="ScoringOptions"/> that depend on the machine.</summary>
internal sealed class ScoringOptionsValidator : IValidateOptions<ScoringOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ScoringOptions options)
    {
        if (options.ProviderLibrary is { } library && !File.Exists(library))
        {
            return ValidateOptionsResult.Fail($"Scoring:ProviderLibrary is {library}, which is not a file.");
        }

        return ScoringDevice.Check(options) is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }
}
