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

    /// <summary>Reads the time that the header gives.</summary>
    public static Deadline Read(IHeaderDictionary headers) =>
        !headers.TryGetValue(Name, out StringValues text) ? default
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int milliseconds) && milliseconds is >= 1 and <= Max ? new(TimeSpan.FromMilliseconds(milliseconds))
        : new(Budget: null, NotInRange);
}
