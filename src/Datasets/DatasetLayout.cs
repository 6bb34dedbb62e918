namespace DinOrleans.Datasets;

/// <summary>File and column names of a dataset folder.</summary>
public static class DatasetLayout
{
    public const string SchemaFile = "schema.json";
    public const string ItemsFile = "items.csv";
    public const string UsersFile = "users.csv";
    public const string EventsFile = "events.csv";

    /// <summary>Seed, sizes and best reachable AUC of a generated dataset.</summary>
    public const string SampleShopFile = "sample-shop.json";

    internal const string EventId = "event_id";
    internal const string UserId = "user_id";
    internal const string ItemId = "item_id";
    internal const string Type = "type";
    internal const string Timestamp = "timestamp";
    internal const string RankingId = "ranking_id";

    /// <summary>Every file a dataset may hold; a folder with anything else in it is not ours to replace.</summary>
    internal static readonly IReadOnlyList<string> Files = [SchemaFile, ItemsFile, UsersFile, EventsFile, SampleShopFile];
}
