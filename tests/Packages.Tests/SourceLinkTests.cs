using System.Reflection.Metadata;
using System.Text;
using DinOrleans.TestMachine;

namespace DinOrleans.Packages.Tests;

/// <summary>Clones with an address give the same library wherever they lie, with a link from each file to its source there.</summary>
[Trait("Category", "Slow")]
public sealed class SourceLinkTests : IDisposable
{
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        // Git's objects are read-only, which only Windows minds.
        foreach (string file in Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(file, FileAttributes.Normal);
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task Library_BuiltFromTwoClones_IsTheSameAndNamesItsSources()
    {
        Assert.SkipUnless(Path.Exists(RepositoryFolder.Of(".git")), "This is not a clone.");
        string one = await BuildAsync("one");
        string other = await BuildAsync(Path.Combine("further", "down", "other"));
        Assert.Equal(await File.ReadAllBytesAsync(one + ".dll", Cancellation), await File.ReadAllBytesAsync(other + ".dll", Cancellation));

        using var pdb = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(one + ".pdb"));
        MetadataReader reader = pdb.GetMetadataReader();
        string link = reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Where(info => reader.GetGuid(info.Kind) == SourceLink)
            .Select(info => Encoding.UTF8.GetString(reader.GetBlobBytes(info.Value)))
            .Single();
        Assert.Contains("\"/_/*\":\"https://raw.githubusercontent.com/example/dinorleans/", link, StringComparison.Ordinal);
    }

    /// <returns>The path of the built library without its extension.</returns>
    private async Task<string> BuildAsync(string place)
    {
        string clone = _folder[place];
        await DotnetCommand.RunAsync(RepositoryFolder.Path, Cancellation, "git", "clone", "--quiet", "--shared", RepositoryFolder.Path, clone);
        await DotnetCommand.RunAsync(clone, Cancellation, "git", "remote", "set-url", "origin", "https://github.com/example/dinorleans.git");
        await DotnetCommand.RunAsync(clone, Cancellation, "dotnet", "build", "src/Client", "-c", "Release", "--nologo");
        return Path.Combine(clone, "src", "Client", "bin", "Release", "net10.0", "DinOrleans.Client");
    }
}
