using System.Xml.Linq;

namespace DinOrleans.Architecture.Tests;

/// <summary>References between the rooms run one way, as docs/architecture.md draws them.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["Model"] = [],
        ["Kernels"] = ["Model"],
        ["Export"] = ["Model"],
        ["Storage"] = ["Contracts"],
        ["Grains"] = ["Contracts", "Model", "Kernels", "Storage"],
        ["Programs"] = [],
        ["Silo"] = ["Grains", "Programs"],
        ["Gateway"] = ["Contracts", "Programs"],
        ["Datasets"] = ["Contracts", "Model"],
        ["Training"] = ["Contracts", "Datasets", "Export", "Model", "Storage"],
        ["Evaluation"] = ["Contracts", "Datasets", "Model", "Training"],
        ["Cli"] = ["Datasets", "Evaluation", "Model", "Training"],
        ["Standalone"] = ["Silo", "Gateway", "Datasets", "Training", "Programs"],
    };

    private static readonly Dictionary<string, string[]> ForbiddenPackages = new()
    {
        ["Contracts"] = ["Microsoft.Orleans.Server", "Microsoft.ML.OnnxRuntime", "TorchSharp", "Microsoft.Data.Sqlite"],
        ["Programs"] = ["Microsoft.Orleans", "Microsoft.ML.OnnxRuntime", "TorchSharp", "Microsoft.Data.Sqlite"],
        ["Model"] = ["Microsoft.Orleans", "Microsoft.ML.OnnxRuntime", "TorchSharp", "Google.Protobuf"],
        ["Kernels"] = ["Microsoft.Orleans", "Microsoft.ML.OnnxRuntime", "TorchSharp"],
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

    [Theory]
    [MemberData(nameof(Projects))]
    public void PackageReferences_OfARoom_LeaveOutWhatItMustNotKnow(string project)
    {
        string[] forbidden = ForbiddenPackages.GetValueOrDefault(project, []);
        Assert.DoesNotContain(Includes(project, "PackageReference"), package => forbidden.Any(prefix => package.StartsWith(prefix, StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Includes(string project, string element) =>
        XDocument.Load(Path.Combine(SourceFolder(), project, project + ".csproj"))
            .Descendants(element)
            .Select(e => (string?)e.Attribute("Include") ?? "");

    private static IEnumerable<string> ProjectFiles() => Directory.EnumerateFiles(SourceFolder(), "*.csproj", SearchOption.AllDirectories);

    private static string SourceFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DinOrleans.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("DinOrleans.sln was not found above the tests."), "src");
    }
}
