using System.Globalization;
using System.Net;

namespace DinOrleans.Benchmarks.Servers;

/// <summary>What a server says of itself at <c>/metrics</c>; the plain one says nothing.</summary>
internal static class Allocation
{
    private const string Metric = "dotnet_gc_heap_total_allocated_bytes_total";

    private static readonly HttpClient Http = new();

    /// <summary>Bytes allocated since the start; null where the server does not tell.</summary>
    public static async Task<double?> ReadAsync(ServerProcess server, CancellationToken cancellationToken)
    {
        using HttpResponseMessage answer = await Http.GetAsync($"http://127.0.0.1:{server.Port}/metrics", cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        string text = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        string line = text.Split('\n').First(l => l.StartsWith(Metric, StringComparison.Ordinal));
        return double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
