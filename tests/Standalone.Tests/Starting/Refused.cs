using DinOrleans.Standalone.Tests.Processes;

namespace DinOrleans.Standalone.Tests.Starting;

/// <summary>How a program ends that cannot run.</summary>
internal static class Refused
{
    /// <summary>Asserts exit code 1, one line on standard error that gives the reason, and no stack anywhere.</summary>
    public static void Assert(CommandResult result, string reason)
    {
        Xunit.Assert.True(result.ExitCode == 1, $"exit code {result.ExitCode}: {result.Error}{result.Output}");
        string line = Xunit.Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Xunit.Assert.StartsWith("error: ", line, StringComparison.Ordinal);
        Xunit.Assert.Contains(reason, line, StringComparison.Ordinal);
        Xunit.Assert.DoesNotContain("   at ", result.Output + result.Error, StringComparison.Ordinal);
        Xunit.Assert.DoesNotContain("sesame", result.Error, StringComparison.Ordinal);
    }
}
