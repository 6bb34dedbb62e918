using System.Globalization;
using System.Text;

namespace DinOrleans.Datasets.Import;

/// <summary>How the files of a source are read where they differ from what the importer expects.</summary>
public sealed record SourceOptions
{
    /// <summary>Events before it are taken for a wrong unit of time. No public log of ratings or clicks is older.</summary>
    private static readonly DateTimeOffset Earliest = new(1995, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>For clocks and time zones that differ.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    /// <summary>The encoding of the files; null for that of the importer, mostly UTF-8. A byte order mark decides over both.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>What stands between two fields; null for that of the importer. Not every importer takes it.</summary>
    public string? Delimiter { get; init; }

    /// <summary>True to import events of any time. Otherwise one before 1995 or more than a day ahead is refused.</summary>
    public bool AnyTime { get; init; }

    /// <summary>The clock that tells which events lie ahead.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A format of the importer with what these options say instead.</summary>
    internal CsvFormat Apply(CsvFormat format) => format with { Encoding = Encoding ?? format.Encoding, Delimiter = Delimiter ?? format.Delimiter, HasOptions = true };

    /// <summary>What makes the time of an event implausible; null where nothing does.</summary>
    internal string? TimeProblem(DateTimeOffset time)
    {
        if (AnyTime || (time >= Earliest && time <= Time.GetUtcNow() + Ahead))
        {
            return null;
        }

        string place = time < Earliest ? string.Create(CultureInfo.InvariantCulture, $"before {Earliest:yyyy}") : "in the future";
        return $"is read as {Rfc3339.Format(time)}, which lies {place}: is the unit of time right? --any-time takes it as it is";
    }

    /// <summary>The time of an event in a table.</summary>
    /// <exception cref="DatasetException">It is implausible.</exception>
    internal DateTimeOffset Plausible(CsvTable table, int column, DateTimeOffset time) => TimeProblem(time) is { } problem ? throw table.Error(column, problem) : time;
}
