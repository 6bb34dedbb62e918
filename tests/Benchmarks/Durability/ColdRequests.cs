using System.Globalization;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Shop;

namespace DinOrleans.Benchmarks.Durability;

/// <summary>Rankings for users in no order, no user twice: each finds the server without a grain of that user in memory.</summary>
/// <param name="users">How many users there are.</param>
/// <param name="candidates">Of each ranking.</param>
internal sealed class ColdRequests(int users, int candidates) : IRequestSource
{
    // A prime that divides no number of users in use: steps of it visit each user once before any twice.
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
