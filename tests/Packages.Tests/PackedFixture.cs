using System.IO.Compression;
using DinOrleans.TestMachine;

[assembly: AssemblyFixture(typeof(DinOrleans.Packages.Tests.PackedFixture))]

namespace DinOrleans.Packages.Tests;

/// <summary>The packages for others, packed once from what was built with these tests.</summary>
public sealed class PackedFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The folder with the packages.</summary>
    public string Folder => _folder.Path;

    public async ValueTask InitializeAsync()
    {
        foreach (string project in PackageTests.Libraries)
        {
            await DotnetCommand.RunAsync(
                RepositoryFolder.Path,
                TestContext.Current.CancellationToken,
                "dotnet", "pack", $"src/{project}", "-c", DotnetCommand.Configuration, "--no-build", "--nologo", "-o", Folder);
        }
    }

    /// <summary>Opens a package, or its symbols.</summary>
    internal ZipArchive Open(string project, string extension = "nupkg") =>
        ZipFile.OpenRead(Assert.Single(Directory.EnumerateFiles(Folder, $"DinOrleans.{project}.*.{extension}")));

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
