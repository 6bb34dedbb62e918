using System.Globalization;
using DinOrleans.Contracts;
using Microsoft.Extensions.Primitives;

namespace DinOrleans.Gateway.Rank;

/// <summary>The header that says how long a ranking is of use to its caller, in milliseconds.</summary>
internal static class DeadlineHeader
{
    public const string Name = "X-Deadline-Ms";
    public const int Max = 60_000;

    private static readonly Violation NotInRange = new(Name, $"must be a whole number of milliseconds, 1 to {Max:N0}");

    /// <summary>Reads the time that the header gives; null where the header is missing or breaks its rule.</summary>
    /// <param name="headers">The headers of the request.</param>
    /// <param name="violation">The broken rule; null where the header is missing or right.</param>
    public static TimeSpan? Read(IHeaderDictionary headers, out Violation? violation)
    {
        violation = null;
        if (!headers.TryGetValue(Name, out StringValues text))
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds) && milliseconds is >= 1 and <= Max)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        violation = NotInRange;
        return null;
    }
}
