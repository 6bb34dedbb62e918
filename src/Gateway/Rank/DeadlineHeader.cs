using System.Globalization;
using DinOrleans.Contracts;
using Microsoft.Extensions.Primitives;

namespace DinOrleans.Gateway.Rank;

/// <summary>How long a caller will wait for a ranking, in milliseconds.</summary>
internal static class DeadlineHeader
{
    public const string Name = "X-Deadline-Ms";
    public const int Max = 60_000;

    private static readonly Violation NotInRange = new(Name, $"must be a whole number of milliseconds, 1 to {Max:N0}");

    /// <summary>The budget; null where the header is missing, or where it breaks its rule, which is then given.</summary>
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
