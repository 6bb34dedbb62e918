namespace DinOrleans.Benchmarks.Servers;

/// <summary>A server that can be built once and started for each shape.</summary>
internal interface IContestant
{
    /// <summary>Its name in the table.</summary>
    string Name { get; }

    Task BuildAsync(CancellationToken cancellationToken);

    /// <summary>Starts it; it may not be ready yet.</summary>
    ServerProcess Start(RankShape shape);
}
