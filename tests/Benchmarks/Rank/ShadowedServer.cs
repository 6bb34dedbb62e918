using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;

namespace DinOrleans.Benchmarks.Rank;

/// <summary>Our server with a shadow.</summary>
/// <param name="server">The server.</param>
/// <param name="shops">The shop of a history length.</param>
/// <param name="percent">The share of the users whose rankings the shadow scores as well.</param>
/// <param name="scratch">The folder that the shadow's version is written to.</param>
internal sealed class ShadowedServer(StandaloneServer server, Func<int, BenchmarkShop> shops, double percent, string scratch) : IContestant
{
    public string Name => server.Name;

    public Task BuildAsync(CancellationToken cancellationToken) => server.BuildAsync(cancellationToken);

    public ServerProcess Start(RankShape shape) => server.Start(shape);

    public Task SetUpAsync(ServerProcess process, RankShape shape, CancellationToken cancellationToken)
    {
        string artifact = BenchmarkShop.WriteArtifact(Path.Combine(scratch, $"shadow-{shape.History}"), BenchmarkShop.Schema(shape.History), seed: 2);
        return ShadowExperiment.StartAsync(process, artifact, server.DataFolder(shape, shops(shape.History)), percent, cancellationToken);
    }
}
