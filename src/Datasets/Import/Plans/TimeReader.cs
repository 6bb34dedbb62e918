using System.Globalization;

namespace DinOrleans.Datasets.Import.Plans;

/// <summary>Reads times in one format.</summary>
public sealed class TimeReader
{
    /// <summary>RFC 3339 with an offset, for example 2011-12-09T12:50:00Z.</summary>
    public const string Rfc3339Name = "Rfc3339";

    /// <summary>Seconds since 1970-01-01T00:00:00Z, which may have decimals.</summary>
    public const string UnixSecondsName = "UnixSeconds";

    /// <summary>Milliseconds since 1970-01-01T00:00:00Z.</summary>
    public const string UnixMillisecondsName = "UnixMilliseconds";

    /// <summary>Microseconds since 1970-01-01T00:00:00Z.</summary>
    public const string UnixMicrosecondsName = "UnixMicroseconds";

    /// <summary>A local date, with or without a time, in the order of ISO 8601: 2011-12-09, 2011-12-09 12:50, 2011-12-09T12:50:00.25.</summary>
    public const string IsoLocalName = "IsoLocal";

    /// <summary>The rule of a format, in words that follow the name of the field.</summary>
    public const string FormatRule =
        "must be one of Rfc3339, IsoLocal, UnixSeconds, UnixMilliseconds, UnixMicroseconds, or a pattern such as \"dd.MM.yyyy HH:mm\" with at least yyyy, M and d";

    /// <summary>The formats that have names. Upper and lower case do not matter.</summary>
    public static readonly IReadOnlyList<string> Names = [Rfc3339Name, IsoLocalName, UnixSecondsName, UnixMillisecondsName, UnixMicrosecondsName];

    /// <summary>Shorter ones are the standard formats of .NET, which may depend on the machine.</summary>
    private const int ShortestPattern = 2;

    private static readonly string[] IsoLocalFormats =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd",
    ];

    private delegate bool Parser(string text, out DateTimeOffset time);

    private readonly LocalTimes _local;
    private readonly Parser _parser;

    /// <param name="format">One of <see cref="Names"/>, or a pattern of <see cref="DateTime.ParseExact(string, string, IFormatProvider?)"/>.</param>
    /// <param name="zone">The time zone of times that do not say theirs. Null for UTC.</param>
    /// <exception cref="ArgumentException">The format breaks its rule.</exception>
    public TimeReader(string format, TimeZoneInfo? zone = null)
    {
        _local = new(zone);
        (Parser Parser, string Rule) read = Named(format) switch
        {
            Rfc3339Name => (WithOffset, "must be RFC 3339"),
            IsoLocalName => (Local(IsoLocalFormats), "must be a local time like 2011-12-09 12:50:00"),
            UnixSecondsName => (Unix(TimeSpan.TicksPerSecond), "must be seconds since 1970"),
            UnixMillisecondsName => (Unix(TimeSpan.TicksPerMillisecond), "must be milliseconds since 1970"),
            UnixMicrosecondsName => (Unix(TimeSpan.TicksPerMicrosecond), "must be microseconds since 1970"),
            null when !IsFormat(format) => throw new ArgumentException($"The format {FormatRule}.", nameof(format)),
            _ when HasOffset(format) => (Pattern(format), $"must be a time like {format}"),
            _ => (Local([format]), $"must be a time like {format}"),
        };
        (_parser, Rule) = read;
    }

    /// <summary>The rule of a time, in words that follow the name of the column.</summary>
    public string Rule { get; }

    /// <summary>What was read by the rule for local times that are not clear. Empty if all were clear.</summary>
    public IEnumerable<string> Notes => _local.Notes();

    /// <summary>True if a text is a format.</summary>
    public static bool IsFormat(string format)
    {
        if (Named(format) is not null || format.Length < ShortestPattern)
        {
            return Named(format) is not null;
        }

        try
        {
            // A pattern without a year, month or day would take them from the clock, and one of constants would make all times equal.
            var first = new DateTime(2001, 2, 3);
            var second = new DateTime(2014, 11, 25);
            return Same(first) && Same(second);
        }
        catch (FormatException)
        {
            return false;
        }

        bool Same(DateTime day) => DateTime.TryParseExact(
            day.ToString(format, CultureInfo.InvariantCulture), format, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out DateTime read)
            && Math.Abs((read - day).TotalDays) <= 1;
    }

    /// <summary>Reads a time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The moment in UTC.</param>
    /// <returns>False if the text does not have the format.</returns>
    public bool TryRead(string text, out DateTimeOffset time) => _parser(text, out time);

    /// <summary>Reads a local time that needs no format, because the file says itself that it is one.</summary>
    /// <param name="local">The local time.</param>
    /// <param name="time">The moment in UTC.</param>
    /// <returns>False if the moment is before the year 1 or after the year 9999.</returns>
    public bool TryRead(DateTime local, out DateTimeOffset time) => _local.TryRead(local, out time);

    private static string? Named(string format) => Names.FirstOrDefault(n => n.Equals(format, StringComparison.OrdinalIgnoreCase));

    private static bool HasOffset(string format) => format.Contains('z', StringComparison.Ordinal) || format.Contains('K', StringComparison.Ordinal);

    private static bool WithOffset(string text, out DateTimeOffset time) => Rfc3339.TryParse(text, out time);

    private static Parser Unix(long ticksPerUnit) => (string text, out DateTimeOffset time) =>
    {
        time = default;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out decimal number)
            || number > (decimal)(DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / ticksPerUnit)
        {
            return false;
        }

        time = new DateTimeOffset(DateTime.UnixEpoch.Ticks + (long)(number * ticksPerUnit), TimeSpan.Zero);
        return true;
    };

    private static Parser Pattern(string pattern) => (string text, out DateTimeOffset time) =>
    {
        bool isTime = DateTimeOffset.TryParseExact(text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset read);
        time = read.ToUniversalTime();
        return isTime;
    };

    private Parser Local(string[] patterns) => (string text, out DateTimeOffset time) =>
    {
        time = default;
        return DateTime.TryParseExact(text, patterns, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local) && _local.TryRead(local, out time);
    };
}
