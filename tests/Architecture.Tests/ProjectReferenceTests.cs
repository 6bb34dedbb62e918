using System.Text.RegularExpressions;
using System.Xml.Linq;
using DinOrleans.TestMachine;

namespace DinOrleans.Architecture.Tests;

/// <summary>References between the rooms run one way, as docs/architecture.md draws them.</summary>
public sealed partial class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Client"] = [],
        ["Contracts"] = [],
        ["Model"] = [],
        ["Kernels"] = ["Model"],
        ["Export"] = ["Model"],
        ["Storage"] = ["Contracts", "Model"],
        ["Grains"] = ["Contracts", "Model", "Kernels", "Storage"],
        ["Programs"] = [],
        ["ClusterTls"] = ["Programs"],
        ["Silo"] = ["ClusterTls", "Grains", "Programs"],
        ["ClusterClient"] = ["ClusterTls", "Contracts", "Programs"],
        ["Gateway"] = ["ClusterClient", "Contracts", "Programs"],
        ["Datasets"] = ["Client", "Contracts", "Model"],
        ["Training"] = ["ClusterClient", "Contracts", "Datasets", "Export", "Model", "Programs", "Storage"],
        ["Evaluation"] = ["Contracts", "Datasets", "Model", "Training"],
        ["Cli"] = ["Client", "Datasets", "Evaluation", "Model", "Programs", "Storage", "Training"],
        ["Standalone"] = ["Silo", "Gateway", "Datasets", "Training", "Programs"],
    };

    private static readonly Dictionary<string, string[]> ForbiddenPackages = new()
    {
        ["Client"] = ["Microsoft.Orleans", "Microsoft.ML.OnnxRuntime", "TorchSharp", "Microsoft.Data.Sqlite"],
        ["Contracts"] = ["Microsoft.Orleans.Server", "Microsoft.ML.OnnxRuntime", "TorchSharp", "Microsoft.Data.Sqlite"],
        ["Programs"] = ["Microsoft.Orleans", "Microsoft.ML.OnnxRuntime", "TorchSharp", "Microsoft.Data.Sqlite"],
        ["Model"] = ["Microsoft.Orleans", "Microsoft.ML.OnnxRuntime", "TorchSharp", "Google.Protobuf"],
        ["Kernels"] = ["Microsoft.Orleans", "Microsoft.ML.OnnxRuntime", "TorchSharp"],
        ["ClusterTls"] = ["Microsoft.Orleans.Server", "Microsoft.ML.OnnxRuntime", "TorchSharp", "Microsoft.Data.Sqlite"],
        ["ClusterClient"] = ["Microsoft.Orleans.Server", "Microsoft.ML.OnnxRuntime", "TorchSharp", "Microsoft.Data.Sqlite"],
        ["Gateway"] = ["Microsoft.Orleans.Server", "Microsoft.ML.OnnxRuntime", "TorchSharp"],
        ["Grains"] = ["TorchSharp"],
        ["Silo"] = ["TorchSharp"],
        ["Datasets"] = ["Microsoft.Orleans", "Microsoft.ML.OnnxRuntime", "TorchSharp"],
        ["Training"] = ["Microsoft.Orleans.Server"],
    };

    public static TheoryData<string> Projects => [.. ProjectFiles().Select(file => Path.GetFileNameWithoutExtension(file))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectReferences_OfARoom_AreAllowed(string project)
    {
        string[] allowed = Assert.Contains(project, (IReadOnlyDictionary<string, string[]>)Allowed);
        var references = Includes(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));
        Assert.Empty(references.Except(allowed));
    }

    [Fact]
    public void Rooms_OfTheArchitecturePage_MayReferenceWhatThisTestAllows()
    {
        string page = File.ReadAllText(RepositoryFolder.Of("docs/architecture.md"));
        var documented = RoomRow().Matches(page).ToDictionary(
            row => row.Groups["room"].Value,
            row => string.Join(", ", Word().Matches(row.Groups["references"].Value).Select(w => w.Value).Where(Allowed.ContainsKey).Order(StringComparer.Ordinal)));
        Assert.Equal(Allowed.ToDictionary(a => a.Key, a => string.Join(", ", a.Value.Order(StringComparer.Ordinal))), documented);
    }

    [Fact]
    public void Rooms_OfTheReadmesPicture_AreTheProjects()
    {
        string readme = File.ReadAllText(RepositoryFolder.Of("README.md"));
        string picture = Assert.Single(Picture().Matches(readme)).Groups["picture"].Value;
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), RoomNode().Matches(picture).Select(node => node.Groups["room"].Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void PackageReferences_OfARoom_LeaveOutWhatItMustNotKnow(string project)
    {
        string[] forbidden = ForbiddenPackages.GetValueOrDefault(project, []);
        Assert.DoesNotContain(Includes(project, "PackageReference"), package => forbidden.Any(prefix => package.StartsWith(prefix, StringComparison.Ordinal)));
    }

    /// <summary>A row of the table of rooms: project, what it holds, what it may reference.</summary>
    [GeneratedRegex(@"^\| `src/(?<room>\w+)` \|[^|]*\| (?<references>[^|]*) \|$", RegexOptions.Multiline)]
    private static partial Regex RoomRow();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"```mermaid\n(?<picture>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Picture();

    /// <summary>A box or frame of the picture that stands for a room: the first line of its text is the project's name, with a capital.</summary>
    [GeneratedRegex("""\["(?<room>[A-Z]\w+)(<br/>|"\])""")]
    private static partial Regex RoomNode();

    private static IEnumerable<string> Includes(string project, string element) =>
        XDocument.Load(Path.Combine(SourceFolder(), project, project + ".csproj"))
            .Descendants(element)
            .Select(e => (string?)e.Attribute("Include") ?? "");

    private static IEnumerable<string> ProjectFiles() => Directory.EnumerateFiles(SourceFolder(), "*.csproj", SearchOption.AllDirectories);

    private static string SourceFolder() => RepositoryFolder.Of("src");
}
