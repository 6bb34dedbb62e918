using System.Globalization;

namespace DinOrleans.Contracts.Users;

/// <summary>The place of a row among all that is held about a user. Behaviours come first and then rankings, each by time and then by number.</summary>
/// <param name="InRankings">True for a place among the rankings, false for one among the behaviours.</param>
/// <param name="Time">The row's time, in ticks of 100 ns since the year 1; 0 for the place before the first row.</param>
/// <param name="Number">The row's number in the order of arrival, at least 0.</param>
internal readonly record struct UserPlace(bool InRankings, long Time, long Number)
{
    private const char Separator = '-';

    /// <summary>Reads a place from its text.</summary>
    /// <returns>False if the text is not that of a place.</returns>
    public static bool TryParse(string text, out UserPlace place)
    {
        string[] parts = text.Split(Separator);
        bool isPlace = parts is ["b" or "r", _, _];
        place = isPlace && TryNumber(parts[1], out long time) && TryNumber(parts[2], out long number) ? new(parts[0] == "r", time, number) : default;
        return isPlace && place.ToString() == text;
    }

    /// <summary>Returns the place as text that needs no escaping in a URL.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(InRankings ? 'r' : 'b')}{Separator}{Time:x}{Separator}{Number:x}");

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number) && number >= 0;
}
