using System.Runtime.InteropServices;
using DinOrleans.TestMachine;

namespace DinOrleans.Packages.Tests;

/// <summary>The command line as a tool of .NET: packed, installed from the folder, and able to do what needs native libraries.</summary>
[Trait("Category", "Slow")]
public sealed class ToolTests : IDisposable
{
    /// <summary>The size that package registries take, in bytes.</summary>
    private const long MostBytes = 250_000_000;

    /// <summary>The errors of a restore that has no source, or one that lacks a package.</summary>
    private static readonly string[] Unrestorable = ["NU1101", "NU1102", "NU1301"];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tool_InstalledFromAFolder_TrainsAVersion()
    {
        string packages = _folder["packages"];
        (int exitCode, string output) = await DotnetCommand.TryAsync(
            RepositoryFolder.Path, Cancellation, "dotnet", "pack", "src/Cli", "-c", DotnetCommand.Configuration, "--nologo", "-o", packages);

        // Packing for one system restores again, for that system.
        Assert.SkipWhen(exitCode != 0 && Unrestorable.Any(code => output.Contains(code, StringComparison.Ordinal)), $"Packages cannot be restored here: {output}");
        Assert.True(exitCode == 0, output);
        Assert.All(Directory.EnumerateFiles(packages, "*.nupkg"), file => Assert.InRange(new FileInfo(file).Length, 1, MostBytes));
        _folder.Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{packages}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{_folder["own"]}" /></config>
            </configuration>
            """);
        await DotnetCommand.RunAsync(_folder.Path, Cancellation, "dotnet", "tool", "install", "DinOrleans.Cli", "--tool-path", _folder["tools"]);

        string tool = Path.Combine(_folder["tools"], RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "dinorleans.exe" : "dinorleans");
        await DotnetCommand.RunAsync(_folder.Path, Cancellation, tool, "sample-shop", "--users", "100", "--items", "600", "--out", "shop");
        await DotnetCommand.RunAsync(_folder.Path, Cancellation, tool, "train", "--dataset", "shop", "--epochs", "1", "--out", "versions");
        Assert.True(File.Exists(Path.Combine(Assert.Single(Directory.GetDirectories(_folder["versions"])), "manifest.json")));
    }
}
