using DinOrleans.Benchmarks.Load;

namespace DinOrleans.Benchmarks.Servers;

/// <summary>A server that can be built once and started for each shape.</summary>
internal interface IContestant
{
    /// <summary>Its name in the table.</summary>
    string Name { get; }

    Task BuildAsync(CancellationToken cancellationToken);

    /// <summary>Starts it; it may not be ready yet.</summary>
    ServerProcess Start(RankShape shape);

    /// <summary>Waits until a server that was started can tell what its callers must send, and returns the header Authorization; null for none.</summary>
    Task<string?> AuthorizeAsync(ServerProcess server, RankShape shape, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>The requests that its rounds send.</summary>
    IRequestSource Requests(RankShape shape, string? authorization) => new RankRequests(shape, authorization: authorization);

    /// <summary>Sets a server up that ranks, before it is measured.</summary>
    Task SetUpAsync(ServerProcess server, RankShape shape, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Is called before each round that measures the server.</summary>
    Task BeginRoundAsync(ServerProcess server, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Is called after each round that measures the server.</summary>
    Task EndRoundAsync(ServerProcess server, CancellationToken cancellationToken) => Task.CompletedTask;
}
