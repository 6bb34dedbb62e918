using System.Diagnostics;

namespace DinOrleans.Grains.Tests.Scoring;

/// <summary>Runs the tests of the fused kernel in processes from which instructions of the processor are hidden.</summary>
[Trait("Category", "Slow")]
public sealed class HiddenInstructionsTests
{
    /// <summary>The settings of the runtime that hide instructions. It has had two names for AVX-512.</summary>
    [Theory]
    [InlineData("DOTNET_EnableAVX512", "DOTNET_EnableAVX512F")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task FusedScorerTests_WithoutInstructions_Pass(params string[] hidden)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(FusedScorerTests).Assembly.Location);
        }

        string[] arguments = ["-noColor", "-class", typeof(FusedScorerTests).FullName!];
        Array.ForEach(arguments, start.ArgumentList.Add);
        Array.ForEach(hidden, name => start.Environment[name] = "0");
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, await output + await errors);
            Assert.Contains("Failed: 0", await output, StringComparison.Ordinal);
            Assert.DoesNotContain("Total: 0", await output, StringComparison.Ordinal);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
