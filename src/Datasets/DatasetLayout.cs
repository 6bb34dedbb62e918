namespace DinOrleans.Datasets;

/// <summary>The file and column names of a dataset folder.</summary>
public static class DatasetLayout
{
    public const string SchemaFile = "schema.json";
    public const string ItemsFile = "items.csv";
    public const string UsersFile = "users.csv";
    public const string EventsFile = "events.csv";

    /// <summary>The seed, sizes and best reachable AUC of a sample shop.</summary>
    public const string SampleShopFile = "sample-shop.json";

    /// <summary>The files that a dataset was imported from, and what their columns mean.</summary>
    public const string ImportFile = "import.json";

    internal const string EventId = "event_id";
    internal const string UserId = "user_id";
    internal const string ItemId = "item_id";
    internal const string Type = "type";
    internal const string Timestamp = "timestamp";
    internal const string RankingId = "ranking_id";

    /// <summary>All files that a dataset may have. A folder with any other file is not replaced.</summary>
    internal static readonly IReadOnlyList<string> Files = [SchemaFile, ItemsFile, UsersFile, EventsFile, SampleShopFile, ImportFile];
}
