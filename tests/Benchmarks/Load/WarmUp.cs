using System.Net.Sockets;
using System.Text;
using DinOrleans.Benchmarks.Servers;

namespace DinOrleans.Benchmarks.Load;

/// <summary>Brings a server to where it stays: ranking with its model, every user of the load met once, its code compiled.</summary>
internal static class WarmUp
{
    private const int Connections = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(5);

    /// <exception cref="InvalidOperationException">The server stopped, or answers something else than rankings of this shape.</exception>
    public static async Task RunAsync(ServerProcess server, RankShape shape, RankRequests requests, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        await UntilReadyAsync(server, requests, patience.Token).ConfigureAwait(false);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => EachOnceAsync(server, shape, requests, patience.Token))).ConfigureAwait(false);
        await ClosedLoop.RunAsync(server.Port, requests, Connections, AtLeast, patience.Token).ConfigureAwait(false);
    }

    /// <summary>Returns when the server ranks with its model.</summary>
    /// <exception cref="InvalidOperationException">It stopped.</exception>
    public static Task UntilReadyAsync(ServerProcess server, IRequestSource requests, CancellationToken cancellationToken) =>
        UntilAsync(server, requests, answer => answer.IndexOf("\"popularity\""u8) < 0, cancellationToken);

    /// <summary>Returns when the server ranks, by whatever means.</summary>
    /// <exception cref="InvalidOperationException">It stopped.</exception>
    public static Task UntilAnswersAsync(ServerProcess server, IRequestSource requests, CancellationToken cancellationToken) =>
        UntilAsync(server, requests, _ => true, cancellationToken);

    private static async Task UntilAsync(
        ServerProcess server, IRequestSource requests, Func<ReadOnlySpan<byte>, bool> isEnough, CancellationToken cancellationToken)
    {
        while (!await AnswersAsync(server, requests, isEnough, cancellationToken).ConfigureAwait(false))
        {
            if (server.HasExited)
            {
                throw new InvalidOperationException($"{server.Name} stopped:\n{server.Output}");
            }

            await Task.Delay(Between, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> AnswersAsync(
        ServerProcess server, IRequestSource requests, Func<ReadOnlySpan<byte>, bool> isEnough, CancellationToken cancellationToken)
    {
        try
        {
            using HttpConnection connection = await HttpConnection.OpenAsync(server.Port, cancellationToken).ConfigureAwait(false);
            ReadOnlyMemory<byte> answer = await connection.SendAsync(requests.Next(), cancellationToken).ConfigureAwait(false);
            return HttpConnection.IsOk(answer.Span) && isEnough(answer.Span);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }

    private static async Task EachOnceAsync(ServerProcess server, RankShape shape, RankRequests requests, CancellationToken cancellationToken)
    {
        using HttpConnection connection = await HttpConnection.OpenAsync(server.Port, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < requests.Count / Connections; i++)
        {
            ReadOnlyMemory<byte> answer = await connection.SendAsync(requests.Next(), cancellationToken).ConfigureAwait(false);
            int ranked = answer.Span.Count("\"itemId\""u8);
            if (!HttpConnection.IsOk(answer.Span) || ranked != shape.Candidates)
            {
                throw new InvalidOperationException($"{server.Name} ranked {ranked} of {shape.Candidates} candidates:\n{Encoding.UTF8.GetString(answer.Span)}");
            }
        }
    }
}
