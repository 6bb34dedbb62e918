using System.Globalization;
using DinOrleans.TestMachine;

namespace DinOrleans.Benchmarks.Servers;

/// <summary>The plain server to beat: one ASP.NET process that runs one plain DIN graph per request.</summary>
/// <param name="source">Folder of its project.</param>
/// <param name="scratch">It is copied here, out of the reach of this repository's build settings.</param>
internal sealed class PlainServer(string source, string scratch) : IContestant
{
    public string Name => "peer";

    /// <summary>The folder of the plain server in ../shared; null where it is missing.</summary>
    /// <param name="repository">Folder of DinOrleans.sln.</param>
    public static string? Find(string repository)
    {
        string folder = Path.Combine(repository, "..", "shared", "peers", "plain-aspnet");
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }

    public Task BuildAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(scratch);
        foreach (string file in Directory.EnumerateFiles(source))
        {
            using FileStream from = File.OpenRead(file);
            using FileStream to = File.Create(Path.Combine(scratch, Path.GetFileName(file)));
            from.CopyTo(to);
        }

        return DotnetBuild.RunAsync(Path.Combine(scratch, "PlainAspNet.csproj"), cancellationToken);
    }

    public ServerProcess Start(RankShape shape)
    {
        int port = FreePort.Take(1)[0];
        string assembly = Path.Combine(scratch, "bin", "Release", "net10.0", "PlainAspNet.dll");
        var environment = new Dictionary<string, string> { ["HISTORY"] = shape.History.ToString(CultureInfo.InvariantCulture) };
        return ServerProcess.Start(Name, assembly, port, [$"http://127.0.0.1:{port}"], environment);
    }
}
