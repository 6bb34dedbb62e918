namespace DinOrleans.Benchmarks.Servers;

/// <summary>A server that can be built once and started for each shape.</summary>
internal interface IContestant
{
    /// <summary>Its name in the table.</summary>
    string Name { get; }

    Task BuildAsync(CancellationToken cancellationToken);

    /// <summary>Starts it; it may not be ready yet.</summary>
    ServerProcess Start(RankShape shape);

    /// <summary>Sets a server up that ranks, before it is measured.</summary>
    Task SetUpAsync(ServerProcess server, RankShape shape, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Is called before each round that measures the server.</summary>
    Task BeginRoundAsync(ServerProcess server, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Is called after each round that measures the server.</summary>
    Task EndRoundAsync(ServerProcess server, CancellationToken cancellationToken) => Task.CompletedTask;
}
