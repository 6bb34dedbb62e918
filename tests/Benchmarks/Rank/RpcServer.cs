using System.Globalization;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Servers;

namespace DinOrleans.Benchmarks.Rank;

/// <summary>Our server, called by gRPC: each connection of HTTP/2 has one call at a time, as each of HTTP/1.1 has one request.</summary>
/// <param name="server">The server, which serves gRPC on a port.</param>
/// <param name="port">The port of gRPC.</param>
internal sealed class RpcServer(StandaloneServer server, int port) : IContestant
{
    private const int WarmConnections = 8;
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(5);

    public string Name => server.Name;

    /// <summary>Settings of a server that serves gRPC on a port.</summary>
    public static IReadOnlyList<string> Settings(int port) => ["Grpc:Enabled=true", string.Create(CultureInfo.InvariantCulture, $"Grpc:Urls=http://127.0.0.1:{port}")];

    public Task BuildAsync(CancellationToken cancellationToken) => server.BuildAsync(cancellationToken);

    public ServerProcess Start(RankShape shape) => server.Start(shape);

    public IRequestSource Requests(RankShape shape, string? authorization) => new RpcRequests(shape, port);

    /// <summary>Makes each call once, with a look at its answer, and then warms the server up. The users are in memory by then, because they were asked for by REST.</summary>
    /// <exception cref="InvalidOperationException">The server answers something else than rankings of this shape.</exception>
    public async Task SetUpAsync(ServerProcess process, RankShape shape, CancellationToken cancellationToken)
    {
        var calls = new RpcRequests(shape, port);
        await Task.WhenAll(Enumerable.Range(0, WarmConnections).Select(_ => EachOnceAsync(process, shape, calls, cancellationToken))).ConfigureAwait(false);
        await ClosedLoop.RunAsync(process.Port, calls, WarmConnections, Warm, cancellationToken).ConfigureAwait(false);
    }

    private async Task EachOnceAsync(ServerProcess process, RankShape shape, RpcRequests calls, CancellationToken cancellationToken)
    {
        using ILoadConnection connection = await calls.OpenAsync(process.Port, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < calls.Count / WarmConnections; i++)
        {
            ReadOnlyMemory<byte> answer = await connection.SendAsync(calls.Next(), cancellationToken).ConfigureAwait(false);
            V1.RankResponse? ranking = HttpConnection.IsOk(answer.Span) ? V1.RankResponse.Parser.ParseFrom(RpcConnection.Message(answer).Span) : null;
            if (ranking is null || (ranking.Source, ranking.Items.Count, ranking.HistoryLength) != (V1.Source.Model, shape.Candidates, shape.History))
            {
                throw new InvalidOperationException($"{Name} does not rank {shape} by its model: {ranking?.ToString() ?? "the call failed"}\n{process.Output}");
            }
        }
    }
}
