using System.Globalization;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Shop;

namespace DinOrleans.Benchmarks.Durability;

/// <summary>Rankings for users in no order, no user twice: each finds the server without a grain of that user in memory.</summary>
/// <param name="users">The number of users.</param>
/// <param name="candidates">The number of candidates per ranking.</param>
internal sealed class ColdRequests(int users, int candidates) : IRequestSource
{
    // A prime that does not divide the number of users, so that steps of it visit each user once before any user twice.
    private const long Step = 7_919_993;
    private long _next;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Next()
    {
        long user = Interlocked.Increment(ref _next) * Step % users;
        int first = Random.Shared.Next(BenchmarkShop.Items - candidates);
        string list = string.Join(',', Enumerable.Range(first, candidates).Select(i => string.Create(CultureInfo.InvariantCulture, $$"""{"itemId":"i{{i}}"}""")));
        return HttpConnection.Post("/v1/rank", string.Create(CultureInfo.InvariantCulture, $$"""{"userId":"u{{user}}","candidates":[{{list}}]}"""));
    }
}
