using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;

namespace DinOrleans.Benchmarks.Rank;

/// <summary>Our server with a second version, which scores the rankings of a part of the users.</summary>
/// <param name="server">The server.</param>
/// <param name="shops">The shop of a history length.</param>
/// <param name="mode"><c>shadow</c> for a version that scores the same rankings again and never answers, <c>split</c> for one that answers.</param>
/// <param name="percent">The share of the users, above 0 to 100.</param>
/// <param name="scratch">The folder that the second version is written to.</param>
internal sealed class TwoVersionServer(StandaloneServer server, Func<int, BenchmarkShop> shops, string mode, double percent, string scratch) : IContestant
{
    public string Name => server.Name;

    public Task BuildAsync(CancellationToken cancellationToken) => server.BuildAsync(cancellationToken);

    public ServerProcess Start(RankShape shape) => server.Start(shape);

    public Task SetUpAsync(ServerProcess process, RankShape shape, CancellationToken cancellationToken)
    {
        string artifact = BenchmarkShop.WriteArtifact(Path.Combine(scratch, $"{Name}-{shape.History}"), BenchmarkShop.Schema(shape.History), seed: 2);
        return SecondVersion.StartAsync(
            process,
            artifact,
            server.DataFolder(shape, shops(shape.History)),
            Name,
            version => new { mode, arms = new[] { new { name = "new", version, share = percent } } },
            cancellationToken);
    }
}
