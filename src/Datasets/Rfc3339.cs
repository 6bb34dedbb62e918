using System.Globalization;

namespace DinOrleans.Datasets;

/// <summary>Reads and writes timestamps as RFC 3339 has them: <c>2011-12-09T12:50:00Z</c>, <c>2011-12-09T13:50:00.25+01:00</c>.</summary>
/// <remarks>
/// Timestamps are parsed by hand. The framework's formats either accept a missing offset, which would make the meaning of a file depend on the machine
/// that reads it, or need one try per number of fraction digits on each of ten million rows.
/// </remarks>
internal static class Rfc3339
{
    private const int SecondsEnd = 19;
    private const int OffsetLength = 6;
    private const int TickDigits = 7;

    /// <summary>Reads a timestamp. Digits of a fraction after the seventh are ignored, and leap seconds are refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset timestamp)
    {
        timestamp = default;
        if (text.Length <= SecondsEnd || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't') || text[13] != ':' || text[16] != ':'
            || !Number(text[..4], out int year) || !Number(text[5..7], out int month) || !Number(text[8..10], out int day)
            || !Number(text[11..13], out int hour) || !Number(text[14..16], out int minute) || !Number(text[17..SecondsEnd], out int second)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59
            || !Fraction(text[SecondsEnd..], out long ticks, out int fractionLength)
            || !Offset(text[(SecondsEnd + fractionLength)..], out TimeSpan offset))
        {
            return false;
        }

        long utc = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks + ticks - offset.Ticks;
        if (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        timestamp = new DateTimeOffset(utc, TimeSpan.Zero);
        return true;
    }

    /// <summary>Writes a timestamp in UTC with as many fraction digits as it needs.</summary>
    public static string Format(DateTimeOffset timestamp) =>
        timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static bool Fraction(ReadOnlySpan<char> text, out long ticks, out int length)
    {
        ticks = 0;
        length = 0;
        if (text[0] != '.')
        {
            return true;
        }

        length = 1;
        long unit = TimeSpan.TicksPerSecond;
        for (; length < text.Length && char.IsAsciiDigit(text[length]); length++)
        {
            if (length <= TickDigits)
            {
                unit /= 10;
                ticks += (text[length] - '0') * unit;
            }
        }

        return length > 1;
    }

    private static bool Offset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.Length != OffsetLength || text[0] is not ('+' or '-') || text[3] != ':'
            || !Number(text[1..3], out int hours) || !Number(text[4..], out int minutes) || hours > 23 || minutes > 59)
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Number(ReadOnlySpan<char> digits, out int value)
    {
        value = 0;
        foreach (char digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            value = (value * 10) + digit - '0';
        }

        return true;
    }
}
