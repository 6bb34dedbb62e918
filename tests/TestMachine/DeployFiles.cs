using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace DinOrleans.TestMachine;

/// <summary>Reads the files of the folder deploy.</summary>
public static partial class DeployFiles
{
    /// <summary>The full names of all settings, such as <c>Silo:DataFolder</c>, from the generated part of docs/settings.md.</summary>
    public static HashSet<string> Settings { get; } =
        [.. SettingRow().Matches(File.ReadAllText(RepositoryFolder.Of("docs/settings.md"))).Select(m => m.Groups["name"].Value)];

    /// <summary>The environment variables that name the certificate of a process.</summary>
    public static IReadOnlyList<string> CertificateSettings { get; } = ["ClusterTls__AuthorityFile", "ClusterTls__CertificateFile", "ClusterTls__KeyFile"];

    /// <summary>The stages of the Dockerfile by name, each with its lines.</summary>
    public static Dictionary<string, string[]> Stages()
    {
        Dictionary<string, List<string>> stages = [];
        List<string> current = [];
        foreach (string line in File.ReadLines(RepositoryFolder.Of("deploy/Dockerfile")).Where(l => l.Length > 0 && !l.StartsWith('#')))
        {
            if (line.StartsWith("FROM ", StringComparison.Ordinal))
            {
                stages.Add(line.Split(' ')[^1], current = []);
            }

            current.Add(line);
        }

        return stages.ToDictionary(s => s.Key, s => s.Value.ToArray());
    }

    /// <summary>The lines of a stage after those of the stages that it is made from.</summary>
    public static string[] WithItsBases(string stage)
    {
        Dictionary<string, string[]> stages = Stages();
        List<string> lines = [];
        for (string? name = stage; name is not null && stages.TryGetValue(name, out string[]? own); name = own[0].Split(' ')[1])
        {
            lines.InsertRange(0, own);
        }

        return [.. lines];
    }

    /// <summary>The documents of a YAML file, with merge keys applied.</summary>
    public static YamlNode[] Yaml(string path)
    {
        using StreamReader reader = File.OpenText(RepositoryFolder.Of(path));
        var stream = new YamlStream();
        stream.Load(new MergingParser(new Parser(reader)));
        return [.. stream.Documents.Select(d => d.RootNode)];
    }

    /// <summary>The node at the end of a path of keys; null where there is none.</summary>
    public static YamlNode? At(this YamlNode node, params string[] path) => path.Aggregate(
        (YamlNode?)node, (n, key) => n is YamlMappingNode map && map.Children.TryGetValue(key, out YamlNode? child) ? child : null);

    /// <summary>The elements of a list; none where there is no list.</summary>
    public static IEnumerable<YamlNode> Items(this YamlNode? node) => node as YamlSequenceNode ?? [];

    /// <summary>The entries of a map by key; none where there is no map.</summary>
    public static IEnumerable<(string Key, YamlNode Value)> Entries(this YamlNode? node) => (node as YamlMappingNode)?.Select(e => (e.Key.ToString(), e.Value)) ?? [];

    /// <summary>The setting that an environment variable is for; null for a variable of another kind.</summary>
    public static string? Setting(string variable) => variable.Contains("__", StringComparison.Ordinal) ? variable.Replace("__", ":", StringComparison.Ordinal) : null;

    [GeneratedRegex(@"^\| `(?<name>\w+:\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex SettingRow();
}
