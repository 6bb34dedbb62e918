using System.Text.RegularExpressions;
using System.Xml.Linq;
using DinOrleans.Architecture.Tests.Docs;
using DinOrleans.TestMachine;

namespace DinOrleans.Architecture.Tests;

/// <summary>Samples show what a user of this repository references, and can be found.</summary>
public sealed class SampleTests
{
    private static readonly Dictionary<string, string[]> Referenced = new()
    {
        ["RankAsGrainClient"] = ["ClusterClient"],
        ["RankOverRest"] = ["Client"],
        ["TrainAndPublish"] = ["Contracts", "Datasets", "Storage", "Training"],
    };

    private static string Folder => RepositoryFolder.Of("samples");

    [Fact]
    public void Samples_OfTheFolder_ReferenceWhatTheyShow()
    {
        var references = Directory.EnumerateFiles(Folder, "*.csproj", SearchOption.AllDirectories).ToDictionary(
            file => Path.GetFileNameWithoutExtension(file)!,
            file => string.Join(", ", XDocument.Load(file).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!))));
        Assert.Equal(Referenced.ToDictionary(r => r.Key, r => string.Join(", ", r.Value)), references);
    }

    [Fact]
    public void Samples_OfTheFolder_AreInTheSolution()
    {
        string solution = File.ReadAllText(RepositoryFolder.Of("DinOrleans.sln"));
        Assert.All(Referenced.Keys, sample => Assert.Matches(Regex.Escape($@"samples\{sample}\{sample}.csproj"), solution));
    }

    [Fact]
    public void Samples_OfTheFolder_AreListedOnTheirPageAndThatIsLinkedFromReadme()
    {
        IEnumerable<string> listed = new MarkdownPage("samples/README.md").Links.Select(link => link.Path);
        Assert.Empty(Referenced.Keys.Select(sample => $"samples/{sample}/README.md").Except(listed));
        Assert.Contains("samples/README.md", new MarkdownPage("README.md").Links.Select(link => link.Path));
    }
}
