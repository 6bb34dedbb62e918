using Xunit;

namespace DinOrleans.TestMachine;

/// <summary>Holds a file of the documentation to what the code generates, or writes it.</summary>
public static class GeneratedFile
{
    /// <summary>Set to 1, this environment variable makes tests write files instead of checking them.</summary>
    public const string Variable = "DINORLEANS_GENERATE_DOCS";

    /// <summary>True where files are to be written.</summary>
    public static bool IsWritten => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>Writes the file, or fails with the first line that differs and the command that writes the file.</summary>
    /// <param name="file">The file, from the repository's root.</param>
    /// <param name="generated">What it should be.</param>
    /// <param name="wrong">What a difference means, such as "does not say what the commands say".</param>
    /// <param name="tests">The name of the test project, such as "Cli.Tests".</param>
    /// <param name="test">The name of the test class.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    public static async Task CheckAsync(string file, string generated, string wrong, string tests, string test, CancellationToken cancellationToken)
    {
        string path = RepositoryFolder.Of(file);
        if (IsWritten)
        {
            await File.WriteAllTextAsync(path, generated, cancellationToken);
            return;
        }

        string written = await File.ReadAllTextAsync(path, cancellationToken);
        Assert.True(written == generated, $"""
            {file} {wrong}: {Difference(written.Split('\n'), generated.Split('\n'))}
            Generate it again, and look at the difference:
            {Variable}=1 dotnet test --project tests/{tests} -c Release -- --filter-class "*{test}"
            """);
    }

    private static string Difference(string[] written, string[] generated)
    {
        int line = written.Zip(generated).TakeWhile(lines => lines.First == lines.Second).Count();
        return $"line {line + 1} is \"{written.ElementAtOrDefault(line)}\" and should be \"{generated.ElementAtOrDefault(line)}\".";
    }
}
