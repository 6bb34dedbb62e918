using System.Text.Json;
using System.Text.RegularExpressions;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;
using YamlDotNet.RepresentationModel;

namespace DinOrleans.Standalone.Tests.Deployment;

/// <summary>
/// A service of <c>deploy/compose.yml</c>, to be run as a process of this machine: the command of its image in <c>deploy/Dockerfile</c>, and the variables of both
/// files.
/// </summary>
internal sealed partial class ComposeService
{
    private const string SecretsFolder = "/run/secrets/";

    private readonly string _program;
    private readonly List<string> _arguments;
    private readonly Dictionary<string, string> _environment;

    private ComposeService(string program, List<string> arguments, Dictionary<string, string> environment)
    {
        _program = program;
        _arguments = arguments;
        _environment = environment;
    }

    /// <summary>Reads a service.</summary>
    /// <param name="name">Its name in the compose file.</param>
    /// <param name="variables">The variables that the operator gives, such as <c>POSTGRES_PASSWORD</c>.</param>
    public static ComposeService Read(string name, IReadOnlyDictionary<string, string> variables)
    {
        YamlNode compose = Assert.Single(DeployFiles.Yaml("deploy/compose.yml"));
        YamlNode service = compose.At("services", name) ?? throw new ArgumentException($"deploy/compose.yml has no service {name}.", nameof(name));
        string[] image = DeployFiles.WithItsBases(service.At("build", "target")!.ToString());
        string[] command = JsonSerializer.Deserialize<string[]>(image.Last(l => l.StartsWith("ENTRYPOINT ", StringComparison.Ordinal))["ENTRYPOINT ".Length..])!;
        Dictionary<string, string> environment = [];
        foreach (string line in image.Where(l => l.StartsWith("ENV ", StringComparison.Ordinal)))
        {
            string[] variable = line["ENV ".Length..].Split('=', 2);
            environment[variable[0]] = variable[1];
        }

        foreach ((string variable, YamlNode value) in service.At("environment").Entries())
        {
            environment[variable] = Variable().Replace(value.ToString(), m => variables[m.Groups["name"].Value]);
        }

        return new(ProgramFile().Match(command[1]).Groups["program"].Value, [.. command[2..]], environment);
    }

    /// <summary>Gives a path, address or port of the container another value. The file must have it, as an option of the command or as a variable.</summary>
    /// <param name="setting">The full name of the setting, such as <c>Silo:DataFolder</c>.</param>
    /// <param name="change">Makes the value from the one in the files.</param>
    public ComposeService Change(string setting, Func<string, string> change)
    {
        int option = _arguments.IndexOf("--" + setting);
        string variable = setting.Replace(":", "__", StringComparison.Ordinal);
        if (option >= 0)
        {
            _arguments[option + 1] = change(_arguments[option + 1]);
        }
        else
        {
            Assert.True(_environment.ContainsKey(variable), $"Neither deploy/compose.yml nor deploy/Dockerfile sets {setting} of {_program}.");
            _environment[variable] = change(_environment[variable]);
        }

        return this;
    }

    /// <summary>Adds an address or port that containers have by themselves.</summary>
    public ComposeService Add(string setting, string value)
    {
        _arguments.AddRange(["--" + setting, value]);
        return this;
    }

    /// <summary>Takes each secret from the file that the compose file names for it, in a folder that stands for <c>deploy/certificates</c>.</summary>
    public ComposeService WithCertificatesIn(string folder)
    {
        YamlNode compose = Assert.Single(DeployFiles.Yaml("deploy/compose.yml"));
        foreach ((string variable, string path) in _environment.Where(e => e.Value.StartsWith(SecretsFolder, StringComparison.Ordinal)).ToArray())
        {
            string file = compose.At("secrets", path[SecretsFolder.Length..], "file")!.ToString();
            _environment[variable] = Path.Combine(folder, file["./certificates/".Length..]);
        }

        return this;
    }

    /// <summary>Leaves out what names certificates.</summary>
    public ComposeService WithoutCertificates()
    {
        Assert.All(DeployFiles.CertificateSettings, variable => Assert.True(_environment.Remove(variable), variable));
        return this;
    }

    /// <summary>Starts the process.</summary>
    public MemberProcess Start() => MemberProcess.Start(_program, _environment, _arguments);

    [GeneratedRegex(@"^DinOrleans\.(?<program>\w+)\.dll$")]
    private static partial Regex ProgramFile();

    [GeneratedRegex(@"\$\{(?<name>\w+)(:\?[^}]*)?\}")]
    private static partial Regex Variable();
}
