namespace DinOrleans.Datasets.Import;

/// <summary>How a timestamp column is written.</summary>
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
/// Which columns of one's own CSV files mean what. Every file has a header row and may be gzipped. Column names become feature
/// names in lower case, anything but letters and digits turned into underscores.
/// </summary>
public sealed record CsvImportOptions
{
    /// <summary>Encoding, delimiter and plausible times of all files.</summary>
    public SourceOptions Source { get; init; } = new();

    /// <summary>File of items: the item column, every other column a feature; null for none.</summary>
    public string? ItemsFile { get; init; }

    /// <summary>File of users: the user column, every other column a feature; null for none.</summary>
    public string? UsersFile { get; init; }

    /// <summary>Column of the user id, in the events file and the users file.</summary>
    public string UserColumn { get; init; } = "user_id";

    /// <summary>Column of the item id, in the events file and the items file.</summary>
    public string ItemColumn { get; init; } = "item_id";

    /// <summary>Column of the event's time.</summary>
    public string TimestampColumn { get; init; } = "timestamp";

    /// <summary>How times are written.</summary>
    public TimestampFormat TimestampFormat { get; init; } = TimestampFormat.Rfc3339;

    /// <summary>Column of an id that is unique within the user; null to number events by line.</summary>
    public string? EventIdColumn { get; init; }

    /// <summary>Column of the event type; null where every event is of the first of <see cref="PositiveTypes"/>.</summary>
    public string? TypeColumn { get; init; }

    /// <summary>Column of the ranking that showed the item; null for none.</summary>
    public string? RankingColumn { get; init; }

    /// <summary>Event types that form the behaviour sequence and are to be predicted; the first names the task.</summary>
    public IReadOnlyList<string> PositiveTypes { get; init; } = ["click"];

    /// <summary>Further event types that may occur, for example "impression".</summary>
    public IReadOnlyList<string> OtherTypes { get; init; } = [];

    /// <summary>Columns of the events file that are context features.</summary>
    public IReadOnlyList<string> ContextColumns { get; init; } = [];

    /// <summary>Columns of any file that hold numbers; other features are id-like.</summary>
    public IReadOnlyList<string> NumericColumns { get; init; } = [];

    /// <summary>Columns of the items and users files that are left out.</summary>
    public IReadOnlyList<string> IgnoredColumns { get; init; } = [];

    /// <summary>Width of the item id's embedding, 1 to 512.</summary>
    public int ItemDimension { get; init; } = 32;

    /// <summary>Width of each other embedding, 1 to 512.</summary>
    public int FeatureDimension { get; init; } = 16;

    /// <summary>Behaviours kept for ranking, 1 to 1,000.</summary>
    public int MaxLength { get; init; } = 50;

    /// <summary>How every file is written.</summary>
    internal CsvFormat Format => Source.Apply(CsvFormat.Rfc4180);
}
