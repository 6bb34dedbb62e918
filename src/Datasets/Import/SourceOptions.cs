using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace DinOrleans.Datasets.Import;

/// <summary>How the files of a source are read if they differ from what the importer expects.</summary>
public sealed record SourceOptions
{
    /// <summary>Events before this time are taken for a wrong unit of time. No public log of ratings or clicks is older.</summary>
    private static readonly DateTimeOffset Earliest = new(1995, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How far in the future events may be, because clocks and time zones differ.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <summary>The encoding of the files. Null for that of the importer, which is mostly UTF-8. A byte order mark takes precedence.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The text between two fields. Null for that of the importer. Not every importer uses it.</summary>
    public string? Delimiter { get; init; }

    /// <summary>The fields that mean that a value is missing, besides the empty one. Not every importer uses them.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>The sheet of a workbook that is read. Null for all visible ones, one after the other. Not every importer uses it.</summary>
    public string? Sheet { get; init; }

    /// <summary>The time zone of times that do not say theirs. Null for UTC. Not every importer uses it.</summary>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>True to import events of any time. Otherwise events before 1995 or more than a day in the future are refused.</summary>
    public bool AnyTime { get; init; }

    /// <summary>The clock, which says what is in the future.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Applies the options to a format of the importer.</summary>
    internal CsvFormat Apply(CsvFormat format) => format with
    {
        Encoding = Encoding ?? format.Encoding,
        Delimiter = Delimiter ?? format.Delimiter,
        Missing = Missing.Count == 0 ? format.Missing : Missing.ToFrozenSet(StringComparer.Ordinal),
        HasOptions = true,
        Sheet = Sheet,
        SheetOptions = "--sheet",
    };

    /// <summary>Why the time of an event is implausible, or null if it is plausible.</summary>
    internal string? TimeProblem(DateTimeOffset time)
    {
        if (AnyTime || (time >= Earliest && time <= Time.GetUtcNow() + Ahead))
        {
            return null;
        }

        string place = time < Earliest ? string.Create(CultureInfo.InvariantCulture, $"before {Earliest:yyyy}") : "in the future";
        return $"is read as {Rfc3339.Format(time)}, which lies {place}: is the unit of time right? --any-time takes it as it is";
    }

    /// <summary>Checks the time of an event in a table.</summary>
    /// <exception cref="DatasetException">The time is implausible.</exception>
    internal DateTimeOffset Plausible(DataTable table, int column, DateTimeOffset time) => TimeProblem(time) is { } problem ? throw table.Error(column, problem) : time;
}
