using DinOrleans.Benchmarks.Shop;
using DinOrleans.TestMachine;

namespace DinOrleans.Benchmarks.Servers;

/// <summary>Our server, all in one process, from a source tree of this repository.</summary>
/// <param name="name">The name of the server in the table.</param>
/// <param name="repository">Folder of DinOrleans.sln.</param>
/// <param name="data">Gets a data folder a history length, kept for the next run.</param>
/// <param name="shops">The shop of a history length.</param>
/// <param name="settings">Settings that differ from the defaults, such as "Scoring:Workers=2".</param>
/// <param name="environment">Further environment variables of the process; null for none.</param>
internal sealed class StandaloneServer(
    string name,
    string repository,
    string data,
    Func<int, BenchmarkShop> shops,
    IReadOnlyList<string> settings,
    IReadOnlyDictionary<string, string>? environment = null) : IContestant
{
    public string Name => name;

    public Task BuildAsync(CancellationToken cancellationToken) =>
        DotnetBuild.RunAsync(Path.Combine(repository, "src", "Standalone"), cancellationToken);

    public ServerProcess Start(RankShape shape)
    {
        BenchmarkShop shop = shops(shape.History);
        string folder = DataFolder(shape, shop);
        if (Path.GetDirectoryName(folder) is { } folders && Directory.Exists(folders) && !Directory.Exists(folder))
        {
            Directory.Delete(folders, recursive: true);
        }

        return Start(name, Program(repository), folder, shop, settings, environment);
    }

    /// <summary>The data folder of the server.</summary>
    public string DataFolder(RankShape shape, BenchmarkShop shop) => Path.Combine(data, $"{name}-{shape.History}", shop.Digest());

    /// <summary>The built program of a source tree.</summary>
    /// <param name="repository">Folder of DinOrleans.sln.</param>
    public static string Program(string repository) =>
        Path.Combine(repository, "src", "Standalone", "bin", "Release", "net10.0", "DinOrleans.Standalone.dll");

    /// <summary>Starts one over a shop.</summary>
    /// <param name="name">The name of the server.</param>
    /// <param name="program">Path of its program.</param>
    /// <param name="data">The data folder of the server.</param>
    /// <param name="shop">The shop that it serves.</param>
    /// <param name="settings">Settings that differ from the defaults.</param>
    /// <param name="environment">Further environment variables; null for none.</param>
    public static ServerProcess Start(
        string name, string program, string data, BenchmarkShop shop, IReadOnlyList<string> settings, IReadOnlyDictionary<string, string>? environment = null)
    {
        int port = FreePort.Take(1)[0];
        string[] arguments =
        [
            "--data", data,
            "--dataset", shop.Dataset,
            "--artifact", shop.Artifact,
            "--urls", $"http://127.0.0.1:{port}",
            $"--Silo:SiloPort={FreePort.Take(1)[0]}",
            $"--Silo:GatewayPort={FreePort.Take(1)[0]}",
            .. settings.Select(s => "--" + s),
        ];
        return ServerProcess.Start(name, program, port, arguments, environment ?? new Dictionary<string, string>());
    }
}
