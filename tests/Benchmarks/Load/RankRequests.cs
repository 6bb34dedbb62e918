using System.Globalization;
using DinOrleans.Benchmarks.Shop;

namespace DinOrleans.Benchmarks.Load;

/// <summary>Ranking requests as the bytes that go over the wire, made before the clock runs.</summary>
internal sealed class RankRequests : IRequestSource
{
    private const int BodiesInAll = 200_000;
    private const int Seed = 42;

    private readonly byte[][] _requests;
    private int _next;

    /// <param name="shape">The size of a ranking.</param>
    /// <param name="users">The number of the shop's users who ask. The last user is left to the probes of a server that starts.</param>
    /// <param name="items">The number of the shop's items, i0 and on.</param>
    /// <param name="authorization">The header Authorization of each request; null for none.</param>
    public RankRequests(RankShape shape, int users = BenchmarkShop.Users - 1, int items = BenchmarkShop.Items, string? authorization = null)
    {
        Authorization = authorization;
        var random = new Random(Seed);
        _requests = new byte[Math.Clamp(BodiesInAll / shape.Candidates, 200, 2_000)][];
        for (int i = 0; i < _requests.Length; i++)
        {
            _requests[i] = Request(random, shape.Candidates, users, items, authorization);
        }
    }

    /// <summary>The header Authorization of each request; null for none.</summary>
    public string? Authorization { get; }

    /// <summary>How many different ones there are.</summary>
    public int Count => _requests.Length;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Next() => _requests[(int)((uint)Interlocked.Increment(ref _next) % (uint)_requests.Length)];

    private static byte[] Request(Random random, int candidates, int users, int items, string? authorization)
    {
        // Distinct, as both servers take it and one insists on it.
        HashSet<int> asked = [];
        while (asked.Count < candidates)
        {
            asked.Add(random.Next(items));
        }

        string list = string.Join(',', asked.Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"itemId":"i{{i}}"}""")));
        string body = string.Create(CultureInfo.InvariantCulture, $$"""{"userId":"u{{random.Next(users)}}","candidates":[{{list}}]}""");
        return HttpConnection.Post("/v1/rank", body, authorization);
    }
}
