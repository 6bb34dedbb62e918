using System.Buffers.Binary;
using System.Globalization;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Servers;
using DinOrleans.Benchmarks.Shop;
using Google.Protobuf;

namespace DinOrleans.Benchmarks.Rank;

/// <summary>Our server, called by gRPC.</summary>
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

    public IRequestSource Requests(RankShape shape, string? authorization) => new Calls(shape, port);

    public Task SetUpAsync(ServerProcess process, RankShape shape, CancellationToken cancellationToken) =>
        ClosedLoop.RunAsync(process.Port, new Calls(shape, port), WarmConnections, Warm, cancellationToken);

    /// <summary>Messages in the frame of gRPC, made before the clock runs.</summary>
    private sealed class Calls : IRequestSource
    {
        private const int Count = 1_000;
        private const int Seed = 42;

        private readonly byte[][] _messages;
        private readonly int _port;
        private int _next;

        public Calls(RankShape shape, int port)
        {
            _port = port;
            var random = new Random(Seed);
            _messages = [.. Enumerable.Range(0, Count).Select(_ => Message(random, shape.Candidates))];
        }

        public ReadOnlyMemory<byte> Next() => _messages[(int)((uint)Interlocked.Increment(ref _next) % Count)];

        public async ValueTask<ILoadConnection> OpenAsync(int port, CancellationToken cancellationToken) =>
            await RpcConnection.OpenAsync(_port, "/dinorleans.v1.Recommender/Rank", cancellationToken).ConfigureAwait(false);

        private static byte[] Message(Random random, int candidates)
        {
            int[] items = [.. Enumerable.Range(0, BenchmarkShop.Items)];
            random.Shuffle(items);
            var request = new V1.RankRequest { UserId = string.Create(CultureInfo.InvariantCulture, $"u{random.Next(BenchmarkShop.Users - 1)}") };
            request.Candidates.AddRange(items.Take(candidates).Select(i => new V1.Candidate { ItemId = string.Create(CultureInfo.InvariantCulture, $"i{i}") }));
            byte[] message = request.ToByteArray();
            byte[] frame = new byte[5 + message.Length];
            BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
            message.CopyTo(frame, 5);
            return frame;
        }
    }
}
