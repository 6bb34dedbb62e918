namespace DinOrleans.Datasets.Import.Plans;

/// <summary>
/// Says which files of one's own hold events, items and users, and what their columns mean. It is the file <c>import.json</c> of a dataset folder. A feature
/// has the name of its column in lower case, with underscores for everything but letters and digits, unless <see cref="Names"/> says otherwise.
/// </summary>
public sealed record ImportPlan
{
    /// <summary>The largest <see cref="ListParts"/>.</summary>
    public const int MostListParts = 20;

    /// <summary>The file of events.</summary>
    public PlanFile Events { get; init; } = new();

    /// <summary>The file of items, in which every column but the id is a feature. Null for none.</summary>
    public PlanFile? Items { get; init; }

    /// <summary>The file of users, in which every column but the id is a feature. Null for none.</summary>
    public PlanFile? Users { get; init; }

    /// <summary>The column of the user id in the events file.</summary>
    public string UserColumn { get; init; } = "user_id";

    /// <summary>The column of the item id in the events file.</summary>
    public string ItemColumn { get; init; } = "item_id";

    /// <summary>The column of the event's time.</summary>
    public string TimestampColumn { get; init; } = "timestamp";

    /// <summary>The format of times: one of <see cref="TimeReader.Names"/>, or a pattern such as "dd.MM.yyyy HH:mm".</summary>
    public string TimestampFormat { get; init; } = TimeReader.Rfc3339Name;

    /// <summary>The time zone of times that do not say theirs, such as "Europe/Berlin".</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>True to import events of any time. Otherwise events before 1995 or more than a day in the future are refused.</summary>
    public bool AnyTime { get; init; }

    /// <summary>The column of an id that is unique within the user. Null numbers events by line.</summary>
    public string? EventIdColumn { get; init; }

    /// <summary>The column of the event type. Null if all events have the first of <see cref="PositiveTypes"/>, or <see cref="RatingColumn"/> decides.</summary>
    public string? TypeColumn { get; init; }

    /// <summary>The column of a number that decides if an event is a positive, such as stars, or 0 and 1. Null for none.</summary>
    public string? RatingColumn { get; init; }

    /// <summary>The lowest rating at which an event has the first of <see cref="PositiveTypes"/>.</summary>
    public double PositiveRating { get; init; } = 4;

    /// <summary>The type of an event with a lower rating.</summary>
    public string LowType { get; init; } = "low_rating";

    /// <summary>The column of the ranking that showed the item. Null for none.</summary>
    public string? RankingColumn { get; init; }

    /// <summary>The event types that form the behaviour sequence and are predicted. The first one names the task.</summary>
    public IReadOnlyList<string> PositiveTypes { get; init; } = ["click"];

    /// <summary>Further event types that may occur, for example "impression".</summary>
    public IReadOnlyList<string> OtherTypes { get; init; } = [];

    /// <summary>True to leave out events of other types. Otherwise they are refused.</summary>
    public bool SkipUnknownTypes { get; init; }

    /// <summary>True to leave out events without a user, item or time, and rows of items and users without an id. Otherwise they are refused.</summary>
    public bool SkipIncomplete { get; init; }

    /// <summary>True to put each item of the events into the catalogue if there is no file of items.</summary>
    public bool ItemsFromEvents { get; init; }

    /// <summary>The columns of the events file that are features of the item. An item has the first value that is not missing.</summary>
    public IReadOnlyList<string> ItemFeatures { get; init; } = [];

    /// <summary>The columns of the events file that are features of the user. A user has the first value that is not missing.</summary>
    public IReadOnlyList<string> UserFeatures { get; init; } = [];

    /// <summary>The columns of the events file that are context features.</summary>
    public IReadOnlyList<string> ContextFeatures { get; init; } = [];

    /// <summary>The columns of any file that hold numbers. Other features are categorical.</summary>
    public IReadOnlyList<string> Numeric { get; init; } = [];

    /// <summary>The columns of any file that hold lists, with the text between two parts. A list becomes one value of its first parts, unless <see cref="SplitLists"/> names it.</summary>
    public IReadOnlyDictionary<string, string> Lists { get; init; } = new Dictionary<string, string>();

    /// <summary>The number of parts of a list that are kept, 1 to 20.</summary>
    public int ListParts { get; init; } = 3;

    /// <summary>
    /// The columns of <see cref="Lists"/> whose parts become features of their own. With three parts, the column "genres" becomes the features "genres_1",
    /// "genres_2" and "genres_3". A list with fewer parts has no value for the last of them.
    /// </summary>
    public IReadOnlyList<string> SplitLists { get; init; } = [];

    /// <summary>The columns of the items and users files that are left out.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>The names of features by their columns, where they differ.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <summary>The fields that mean that a value is missing, besides the empty one.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>True if numbers are written as in 1.234,56.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>The width of the item id's embedding, 1 to 512 floats.</summary>
    public int ItemDimension { get; init; } = 32;

    /// <summary>The width of each other embedding, 1 to 512 floats.</summary>
    public int FeatureDimension { get; init; } = 16;

    /// <summary>The number of behaviours kept for ranking, 1 to 1,000.</summary>
    public int MaxLength { get; init; } = 50;
}

/// <summary>
/// A file of a plan: with delimited fields, plain or gzipped, an Excel workbook or in the Parquet format. How a text is read applies only to a file with
/// delimited fields.
/// </summary>
public sealed record PlanFile
{
    /// <summary>The path of the file.</summary>
    public string Path { get; init; } = "";

    /// <summary>The column of the id in a file of items or users. Null if it has the name that it has in the events file.</summary>
    public string? IdColumn { get; init; }

    /// <summary>The sheet of a workbook. Null for all visible ones, one after the other, which must then have the same header.</summary>
    public string? Sheet { get; init; }

    /// <summary>The text between two fields, 1 to 8 characters.</summary>
    public string Delimiter { get; init; } = ",";

    /// <summary>The name of the encoding. A byte order mark takes precedence.</summary>
    public string Encoding { get; init; } = "utf-8";

    /// <summary>True if quotes may enclose a field. Otherwise a quote is a character like any other.</summary>
    public bool Quoted { get; init; } = true;

    /// <summary>The column names of a file without a header row. Null if the first row has them.</summary>
    public IReadOnlyList<string>? Columns { get; init; }
}
