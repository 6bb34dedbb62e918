using System.Globalization;
using System.Text;
using DinOrleans.Benchmarks.Load;
using DinOrleans.Benchmarks.Shop;

namespace DinOrleans.Benchmarks.Durability;

/// <summary>Requests of new behaviours of random users, no event id twice.</summary>
/// <param name="eventsPerRequest">The events per request, 1 to 1,000.</param>
internal sealed class AppendRequests(int eventsPerRequest) : IRequestSource
{
    private readonly string _run = Guid.NewGuid().ToString("N");
    private long _requests;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Next()
    {
        long request = Interlocked.Increment(ref _requests);
        string time = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        var body = new StringBuilder("""{"events":[""");
        for (int i = 0; i < eventsPerRequest; i++)
        {
            int user = Random.Shared.Next(BenchmarkShop.Users);
            int item = Random.Shared.Next(BenchmarkShop.Items);
            body.Append(i == 0 ? "" : ",").Append(
                CultureInfo.InvariantCulture,
                $$"""{"eventId":"{{_run}}-{{request}}-{{i}}","userId":"u{{user}}","itemId":"i{{item}}","type":"click","timestamp":"{{time}}"}""");
        }

        return HttpConnection.Post("/v1/events", body.Append("]}").ToString());
    }
}
