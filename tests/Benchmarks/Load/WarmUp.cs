using System.Globalization;
using System.Net.Sockets;
using System.Text;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;

namespace DinOrleans.Benchmarks.Load;

/// <summary>Brings a server to where it stays: ranking with its model, every user of the load met once, its code compiled.</summary>
internal static class WarmUp
{
    private const int Connections = 8;
    private static ReadOnlySpan<byte> HistoryLength => "\"historyLength\":"u8;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A ranking for a user whom no load asks for. A server that is still loading its dataset keeps in memory what it has of a user by then, so a
    /// probe for a user of the load would leave that user with a short history.
    /// </summary>
    private static byte[] Probe(string? authorization) => HttpConnection.Post(
        "/v1/rank", string.Create(CultureInfo.InvariantCulture, $$"""{"userId":"u{{BenchmarkShop.Users - 1}}","candidates":[{"itemId":"i0"}]}"""), authorization);

    /// <exception cref="InvalidOperationException">The server stopped, or answers something else than rankings of this shape.</exception>
    public static async Task RunAsync(ServerProcess server, RankShape shape, RankRequests requests, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        await UntilReadyAsync(server, patience.Token, requests.Authorization).ConfigureAwait(false);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => EachOnceAsync(server, shape, requests, patience.Token))).ConfigureAwait(false);
        await ClosedLoop.RunAsync(server.Port, requests, Connections, AtLeast, patience.Token).ConfigureAwait(false);
    }

    /// <summary>Returns when the server ranks with its model.</summary>
    /// <param name="server">The server.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="authorization">The header Authorization of the probes; null for none.</param>
    /// <exception cref="InvalidOperationException">It stopped.</exception>
    public static Task UntilReadyAsync(ServerProcess server, CancellationToken cancellationToken, string? authorization = null) =>
        UntilAsync(server, Probe(authorization), answer => answer.IndexOf("\"popularity\""u8) < 0, cancellationToken);

    /// <summary>Returns when the server ranks, by whatever means.</summary>
    /// <exception cref="InvalidOperationException">It stopped.</exception>
    public static Task UntilAnswersAsync(ServerProcess server, CancellationToken cancellationToken) =>
        UntilAsync(server, Probe(authorization: null), _ => true, cancellationToken);

    private static async Task UntilAsync(ServerProcess server, byte[] probe, Func<ReadOnlySpan<byte>, bool> isEnough, CancellationToken cancellationToken)
    {
        while (!await AnswersAsync(server, probe, isEnough, cancellationToken).ConfigureAwait(false))
        {
            if (server.HasExited)
            {
                throw new InvalidOperationException($"{server.Name} stopped:\n{server.Output}");
            }

            await Task.Delay(Between, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<bool> AnswersAsync(ServerProcess server, byte[] probe, Func<ReadOnlySpan<byte>, bool> isEnough, CancellationToken cancellationToken)
    {
        try
        {
            using HttpConnection connection = await HttpConnection.OpenAsync(server.Port, cancellationToken).ConfigureAwait(false);
            ReadOnlyMemory<byte> answer = await connection.SendAsync(probe, cancellationToken).ConfigureAwait(false);
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

            if (answer.Span.IndexOf(HistoryLength) >= 0 && answer.Span.IndexOf(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"historyLength\":{shape.History},"))) < 0)
            {
                throw new InvalidOperationException($"{server.Name} does not weigh {shape.History} behaviours:\n{Encoding.UTF8.GetString(answer.Span)}");
            }
        }
    }
}
