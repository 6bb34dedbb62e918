using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;

namespace DinOrleans.Benchmarks.Rank;

/// <summary>Our server with API keys.</summary>
/// <param name="server">The server.</param>
/// <param name="shops">The shop of a history length.</param>
internal sealed class KeyedServer(StandaloneServer server, Func<int, BenchmarkShop> shops) : IContestant
{
    private const string Prefix = "dok_";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    public string Name => server.Name;

    /// <summary>Settings of a server that asks for keys and counts what each may send.</summary>
    public static IReadOnlyList<string> Settings { get; } = ["Auth:Mode=Keys", "Auth:OpenMetrics=true", "Auth:RequestsPerSecond=1000000", "Auth:Burst=1000000"];

    public Task BuildAsync(CancellationToken cancellationToken) => server.BuildAsync(cancellationToken);

    public ServerProcess Start(RankShape shape)
    {
        string folder = server.DataFolder(shape, shops(shape.History));
        if (Directory.Exists(folder) && !File.Exists(KeyFile(folder)))
        {
            // A run that ended before it had the key leaves data that nobody has a key for.
            Directory.Delete(folder, recursive: true);
        }

        return server.Start(shape);
    }

    /// <summary>Takes the first key from the server's output. The server prints it once, so it is kept beside the data for the next run.</summary>
    public async Task<string?> AuthorizeAsync(ServerProcess process, RankShape shape, CancellationToken cancellationToken)
    {
        string file = KeyFile(server.DataFolder(shape, shops(shape.History)));
        if (File.Exists(file))
        {
            return "Bearer " + await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        string? key;
        while ((key = process.Output.Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(l => l.StartsWith(Prefix, StringComparison.Ordinal))) is null)
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"{Name} stopped:\n{process.Output}");
            }

            await Task.Delay(Between, patience.Token).ConfigureAwait(false);
        }

        await File.WriteAllTextAsync(file, key, cancellationToken).ConfigureAwait(false);
        return "Bearer " + key;
    }

    private static string KeyFile(string folder) => folder + ".key";
}
