namespace DinOrleans.Benchmarks.Load;

/// <summary>Gives a load its requests. Many connections ask it at once.</summary>
internal interface IRequestSource
{
    /// <summary>The next request as the bytes that go over the wire.</summary>
    ReadOnlyMemory<byte> Next();

    /// <summary>Opens a connection that sends these requests.</summary>
    /// <param name="port">The port of REST.</param>
    /// <param name="cancellationToken">Ends the wait for the server.</param>
    async ValueTask<ILoadConnection> OpenAsync(int port, CancellationToken cancellationToken) => await HttpConnection.OpenAsync(port, cancellationToken).ConfigureAwait(false);
}
