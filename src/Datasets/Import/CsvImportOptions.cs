namespace DinOrleans.Datasets.Import;

/// <summary>The format of a timestamp column.</summary>
public enum TimestampFormat
{
    /// <summary>RFC 3339, for example 2011-12-09T12:50:00Z.</summary>
    Rfc3339,

    /// <summary>Whole seconds since 1970-01-01T00:00:00Z.</summary>
    UnixSeconds,

    /// <summary>Whole milliseconds since 1970-01-01T00:00:00Z.</summary>
    UnixMilliseconds,
}

/// <summary>
/// Says what the columns of one's own CSV files mean. Every file has a header row and may be gzipped. Feature names are the column names in lower case,
/// with underscores for everything but letters and digits.
/// </summary>
public sealed record CsvImportOptions
{
    /// <summary>The encoding, delimiter and plausible times of all files.</summary>
    public SourceOptions Source { get; init; } = new();

    /// <summary>The file of items with the item column, in which every other column is a feature. Null for none.</summary>
    public string? ItemsFile { get; init; }

    /// <summary>The file of users with the user column, in which every other column is a feature. Null for none.</summary>
    public string? UsersFile { get; init; }

    /// <summary>The column of the user id, in the events file and the users file.</summary>
    public string UserColumn { get; init; } = "user_id";

    /// <summary>The column of the item id, in the events file and the items file.</summary>
    public string ItemColumn { get; init; } = "item_id";

    /// <summary>The column of the event's time.</summary>
    public string TimestampColumn { get; init; } = "timestamp";

    /// <summary>The format of times.</summary>
    public TimestampFormat TimestampFormat { get; init; } = TimestampFormat.Rfc3339;

    /// <summary>The column of an id that is unique within the user. Null numbers events by line.</summary>
    public string? EventIdColumn { get; init; }

    /// <summary>The column of the event type. Null if all events have the first of <see cref="PositiveTypes"/>.</summary>
    public string? TypeColumn { get; init; }

    /// <summary>The column of the ranking that showed the item. Null for none.</summary>
    public string? RankingColumn { get; init; }

    /// <summary>The event types that form the behaviour sequence and are predicted. The first one names the task.</summary>
    public IReadOnlyList<string> PositiveTypes { get; init; } = ["click"];

    /// <summary>Further event types that may occur, for example "impression".</summary>
    public IReadOnlyList<string> OtherTypes { get; init; } = [];

    /// <summary>The columns of the events file that are context features.</summary>
    public IReadOnlyList<string> ContextColumns { get; init; } = [];

    /// <summary>The columns of any file that hold numbers. Other features are categorical.</summary>
    public IReadOnlyList<string> NumericColumns { get; init; } = [];

    /// <summary>The columns of the items and users files that are left out.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; init; } = [];

    /// <summary>The width of the item id's embedding, 1 to 512 floats.</summary>
    public int ItemDimension { get; init; } = 32;

    /// <summary>The width of each other embedding, 1 to 512 floats.</summary>
    public int FeatureDimension { get; init; } = 16;

    /// <summary>The number of behaviours kept for ranking, 1 to 1,000.</summary>
    public int MaxLength { get; init; } = 50;

    /// <summary>The format of every file.</summary>
    internal CsvFormat Format => Source.Apply(CsvFormat.Rfc4180);
}
