using System.Globalization;
using DinOrleans.Contracts;
using Microsoft.Extensions.Primitives;

namespace DinOrleans.Gateway.Grpc.Calls;

/// <summary>The header by which a call says how long its answer is of use. Clients of gRPC send it where they are given a deadline.</summary>
internal static class TimeoutHeader
{
    private const string Name = "grpc-timeout";

    /// <summary>Reads the time that the header gives, up to what a ranking may state. It is null where the header is missing or malformed.</summary>
    public static TimeSpan? Read(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue(Name, out StringValues text) || text.Count != 1 || text[0] is not { Length: >= 2 and <= 9 } value
            || !long.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return null;
        }

        TimeSpan? timeout = value[^1] switch
        {
            'H' => TimeSpan.FromHours(number),
            'M' => TimeSpan.FromMinutes(number),
            'S' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMilliseconds(number),
            'u' => TimeSpan.FromMicroseconds(number),
            'n' => TimeSpan.FromTicks(number / TimeSpan.NanosecondsPerTick),
            _ => null,
        };
        return timeout > InputLimits.RankingTimeLeft ? InputLimits.RankingTimeLeft : timeout;
    }
}
