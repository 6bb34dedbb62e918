using System.Diagnostics;
using Xunit;

namespace DinOrleans.TestMachine;

/// <summary>Runs <c>deploy/certificates.sh</c>.</summary>
public static class CertificatesScript
{
    /// <summary>Makes certificates in a folder. Skips the test where the script cannot run.</summary>
    /// <param name="arguments">The folder, and the name of the cluster if it is another one than the default.</param>
    public static void Run(params IEnumerable<string> arguments)
    {
        (int code, string error) = TryRun(arguments);
        Assert.True(code == 0, error);
    }

    /// <summary>Runs the script to its end. Skips the test where it cannot run.</summary>
    /// <returns>The exit code, and what it wrote to standard error.</returns>
    public static (int Code, string Error) TryRun(params IEnumerable<string> arguments)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "deploy/certificates.sh needs bash.");
        Assert.SkipUnless(
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, "openssl"))),
            "deploy/certificates.sh needs openssl.");
        using Process process = Process.Start(new ProcessStartInfo("/bin/bash", [RepositoryFolder.Of("deploy/certificates.sh"), .. arguments]) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}
