using System.Globalization;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Shop;

namespace DinOrleans.Benchmarks.Scale;

/// <summary>Requests of one new behaviour each, of random users.</summary>
/// <param name="users">The number of the shop's users.</param>
internal sealed class ScaleEvents(int users) : IRequestSource
{
    private readonly string _run = Guid.NewGuid().ToString("N");
    private long _requests;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Next()
    {
        long request = Interlocked.Increment(ref _requests);
        string time = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        int user = Random.Shared.Next(users);
        int item = Random.Shared.Next(BenchmarkShop.Items);
        string body = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"events":[{"eventId":"{{_run}}-{{request}}","userId":"u{{user}}","itemId":"i{{item}}","type":"click","timestamp":"{{time}}"}]}""");
        return HttpConnection.Post("/v1/events", body);
    }
}
