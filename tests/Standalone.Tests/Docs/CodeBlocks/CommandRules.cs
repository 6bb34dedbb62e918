using DinOrleans.Programs;
using DinOrleans.Programs.Settings;
using DinOrleans.Standalone.Shop;
using DinOrleans.TestMachine;
using CliCommands = DinOrleans.Cli.Commands;

namespace DinOrleans.Standalone.Tests.Docs.CodeBlocks;

/// <summary>Finds what is wrong with a command of the documentation without running it: programs, options, settings and paths that do not exist.</summary>
internal static class CommandRules
{
    private const string Ellipsis = "…";

    /// <summary>Programs that are not of this repository, and of which nothing is checked.</summary>
    private static readonly string[] Others =
    [
        "cat", "cd", "cp", "createdb", "curl", "docker", "export", "git", "grpcurl", "head", "jq", "kubectl", "mkdir", "mv", "npm", "npx", "pg_dump", "pg_restore",
        "python3", "tar", "vacuumdb",
    ];

    private static readonly string[] OfDotnet = ["add", "build", "format", "new", "pack", "restore", "test", "tool"];

    /// <summary>The servers, with the options of each that are not settings.</summary>
    private static readonly Dictionary<string, IReadOnlyList<ProgramOption>> Servers = new()
    {
        ["Standalone"] = StandaloneArguments.Usage.Options,
        ["Silo"] = [],
        ["Gateway"] = [],
        ["Training"] = [],
    };

    /// <returns>What is wrong, or null.</returns>
    public static string? Problem(string[] command) => command[0] switch
    {
        "dinorleans" => OfCli(command[1..]),
        "dotnet" => OfDotnetCommand(command[1..]),
        var other when Others.Contains(other) => null,
        var path when path.Contains('/') => File.Exists(RepositoryFolder.Of(path)) ? null : $"there is no {path}",
        var unknown => $"\"{unknown}\" is not a program that the documentation may use: add it to {nameof(CommandRules)}, with a check",
    };

    /// <summary>The name of the server that a command starts; null where it starts none.</summary>
    public static string? Server(string[] command) => Program(command) is { } program && Servers.ContainsKey(program.Name) ? program.Name : null;

    /// <summary>The program of this repository that a command runs, and its arguments without ellipses; null where it runs none.</summary>
    public static (string Name, string[] Arguments)? Program(string[] command)
    {
        if (command is ["dotnet", "run", ..] && Project(command) is { } project)
        {
            return (Path.GetFileName(project), Arguments(command.SkipWhile(w => w != "--").Skip(1)));
        }

        return command is ["dotnet", var file, ..] && file.StartsWith("DinOrleans.", StringComparison.Ordinal)
            ? (file["DinOrleans.".Length..^".dll".Length], Arguments(command.Skip(2)))
            : null;
    }

    /// <summary>An ellipsis by itself stands for further arguments, and one within a word for any text.</summary>
    private static string[] Arguments(IEnumerable<string> words) => [.. words.Where(w => w != Ellipsis).Select(w => w.Replace(Ellipsis, "x", StringComparison.Ordinal))];

    private static string? Project(string[] command) => command.SkipWhile(w => w != "--project").ElementAtOrDefault(1);

    private static string? OfDotnetCommand(string[] arguments)
    {
        string[] command = ["dotnet", .. arguments];
        if (Project(command) is { } project && !Directory.EnumerateFiles(RepositoryFolder.Path, $"{Path.GetFileName(project)}.csproj", SearchOption.AllDirectories).Any())
        {
            return $"there is no project {project}";
        }

        return Program(command) switch
        {
            ("Cli", var given) => OfCli(given),
            ("Benchmarks", var given) => OfBenchmarks(given),
            ({ } name, var given) when Servers.TryGetValue(name, out IReadOnlyList<ProgramOption>? options) => OfServer(given, options),
            ({ } name, _) => Directory.Exists(RepositoryFolder.Of($"samples/{name}")) ? null : $"{name} is not a program of the repository",
            null => OfDotnet.Contains(arguments[0]) ? null : $"dotnet has no command {arguments[0]} that the documentation may use",
        };
    }

    private static string? OfCli(string[] arguments) => string.Join(' ', CliCommands.Parse(Arguments(arguments)).Errors.Select(e => e.Message)) is { Length: > 0 } errors ? errors : null;

    private static string? OfServer(string[] arguments, IReadOnlyList<ProgramOption> options)
    {
        try
        {
            string[] unknown = [.. ProgramArguments.Parse(arguments, options).Settings.Keys.Where(setting => !IsSetting(setting))];
            return unknown.Length == 0 ? null : $"there is no setting {string.Join(", ", unknown)}";
        }
        catch (SettingException e)
        {
            return e.Message;
        }
    }

    private static bool IsSetting(string name) =>
        DeployFiles.Settings.Any(s => name.Equals(s, StringComparison.OrdinalIgnoreCase) || name.StartsWith(s + ":", StringComparison.OrdinalIgnoreCase))
        || ProgramUsage.WebHost.Any(h => h.EndsWith(':') ? name.StartsWith(h, StringComparison.OrdinalIgnoreCase) : name.Equals(h, StringComparison.OrdinalIgnoreCase));

    /// <summary>The benchmarks are not built with these tests: their sources say which commands and options there are.</summary>
    private static string? OfBenchmarks(string[] arguments)
    {
        string sources = string.Concat(Directory.EnumerateFiles(RepositoryFolder.Of("tests/Benchmarks"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        return arguments.Where((a, i) => i == 0 || a.StartsWith("--", StringComparison.Ordinal)).FirstOrDefault(a => !sources.Contains($"\"{a}\"", StringComparison.Ordinal)) is { } unknown
            ? $"the benchmarks have no {unknown}"
            : null;
    }
}
