using DinOrleans.Benchmarks.Shop;

namespace DinOrleans.Benchmarks.Load;

/// <summary>Ranking requests as the bytes that go over the wire, made before the clock runs.</summary>
internal sealed class RankRequests : IRequestSource
{
    private readonly byte[][] _requests;
    private int _next;

    /// <param name="shape">The size of a ranking.</param>
    /// <param name="users">The number of the shop's users who ask. The last user is left to the probes of a server that starts.</param>
    /// <param name="items">The number of the shop's items, i0 and on.</param>
    /// <param name="authorization">The header Authorization of each request; null for none.</param>
    public RankRequests(RankShape shape, int users = BenchmarkShop.Users - 1, int items = BenchmarkShop.Items, string? authorization = null)
    {
        Authorization = authorization;
        _requests = [.. AskedRanking.Draw(shape, users, items).Select(asked => Request(asked, authorization))];
    }

    /// <summary>The header Authorization of each request; null for none.</summary>
    public string? Authorization { get; }

    /// <summary>How many different ones there are.</summary>
    public int Count => _requests.Length;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Next() => _requests[(int)((uint)Interlocked.Increment(ref _next) % (uint)_requests.Length)];

    private static byte[] Request(AskedRanking asked, string? authorization)
    {
        string list = string.Join(',', asked.ItemIds.Select(i => $$"""{"itemId":"{{i}}"}"""));
        return HttpConnection.Post("/v1/rank", $$"""{"userId":"{{asked.UserId}}","candidates":[{{list}}]}""", authorization);
    }
}
