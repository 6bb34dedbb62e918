using System.Buffers.Binary;
using DinOrleans.Benchmarks.Shop;
using Google.Protobuf;

namespace DinOrleans.Benchmarks.Load;

/// <summary>The rankings of <see cref="RankRequests"/> as calls of gRPC: messages in its frame, made before the clock runs.</summary>
internal sealed class RpcRequests : IRequestSource
{
    private const string Method = "/dinorleans.v1.Recommender/Rank";

    private readonly byte[][] _messages;
    private readonly int _port;
    private int _next;

    /// <param name="shape">The size of a ranking.</param>
    /// <param name="port">The port of gRPC.</param>
    public RpcRequests(RankShape shape, int port)
    {
        _port = port;
        _messages = [.. AskedRanking.Draw(shape, BenchmarkShop.Users - 1, BenchmarkShop.Items).Select(Message)];
    }

    /// <summary>How many different ones there are.</summary>
    public int Count => _messages.Length;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Next() => _messages[(int)((uint)Interlocked.Increment(ref _next) % (uint)_messages.Length)];

    /// <inheritdoc/>
    public async ValueTask<ILoadConnection> OpenAsync(int port, CancellationToken cancellationToken) => await RpcConnection.OpenAsync(_port, Method, cancellationToken).ConfigureAwait(false);

    private static byte[] Message(AskedRanking asked)
    {
        var request = new V1.RankRequest { UserId = asked.UserId, Candidates = { asked.ItemIds.Select(i => new V1.Candidate { ItemId = i }) } };
        byte[] frame = new byte[RpcConnection.FrameBytes + request.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - RpcConnection.FrameBytes);
        request.WriteTo(frame.AsSpan(RpcConnection.FrameBytes));
        return frame;
    }
}
