namespace DinOrleans.Benchmarks.Load;

/// <summary>A connection to a server over which a load sends one request after the other.</summary>
internal interface ILoadConnection : IDisposable
{
    /// <summary>Sends a request and reads its answer.</summary>
    /// <returns>The answer, which begins with the status line of HTTP/1.1 in any case; valid until the next call.</returns>
    /// <exception cref="IOException">The server closed the connection.</exception>
    ValueTask<ReadOnlyMemory<byte>> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken);
}
