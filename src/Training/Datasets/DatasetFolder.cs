using System.Globalization;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;

namespace DinOrleans.Training.Datasets;

/// <summary>
/// The one format that importers write: <c>schema.json</c>, <c>items.csv</c>, <c>users.csv</c> (optional) and <c>events.csv</c>.
/// Files are streamed; a bad row ends the read and is named with file, line, column and rule.
/// </summary>
public sealed class DatasetFolder
{
    public const string SchemaFile = "schema.json";
    public const string ItemsFile = "items.csv";
    public const string UsersFile = "users.csv";
    public const string EventsFile = "events.csv";

    private DatasetFolder(string folder, FeatureSchema schema)
    {
        Folder = folder;
        Schema = schema;
    }

    public string Folder { get; }

    public FeatureSchema Schema { get; }

    /// <summary>Opens a dataset.</summary>
    /// <exception cref="DatasetException">A file is missing, or the schema breaks a rule.</exception>
    public static DatasetFolder Open(string folder)
    {
        foreach (string file in (string[])[SchemaFile, ItemsFile, EventsFile])
        {
            if (!File.Exists(Path.Combine(folder, file)))
            {
                throw new DatasetException($"{folder} is no dataset: {file} is missing.");
            }
        }

        try
        {
            return new(folder, FeatureSchema.Load(Path.Combine(folder, SchemaFile)));
        }
        catch (InvalidDataException e)
        {
            throw new DatasetException(e.Message, e);
        }
    }

    /// <summary>The catalogue, in file order.</summary>
    /// <exception cref="DatasetException">A row breaks a rule.</exception>
    public IEnumerable<Item> ReadItems()
    {
        using CsvTable table = CsvTable.Open(Path.Combine(Folder, ItemsFile));
        int id = table.Require(FeatureSchema.ItemId);
        FeatureColumns columns = FeatureColumns.Of(table, Schema, FeatureSource.Item, [FeatureSchema.ItemId]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (table.Read())
        {
            string itemId = table.Id(id);
            if (!seen.Add(itemId))
            {
                throw table.Bad(id, $"must occur once, \"{itemId}\" is there already");
            }

            yield return new Item(itemId, columns.Read(table));
        }
    }

    /// <summary>Profiles, in file order; none where there is no <c>users.csv</c>.</summary>
    /// <exception cref="DatasetException">A row breaks a rule.</exception>
    public IEnumerable<KeyValuePair<string, UserProfile>> ReadUsers()
    {
        string path = Path.Combine(Folder, UsersFile);
        if (!File.Exists(path))
        {
            yield break;
        }

        using CsvTable table = CsvTable.Open(path);
        int id = table.Require("user_id");
        FeatureColumns columns = FeatureColumns.Of(table, Schema, FeatureSource.User, ["user_id"]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (table.Read())
        {
            string userId = table.Id(id);
            if (!seen.Add(userId))
            {
                throw table.Bad(id, $"must occur once, \"{userId}\" is there already");
            }

            yield return new(userId, new UserProfile(columns.Read(table)));
        }
    }

    /// <summary>Events, in file order.</summary>
    /// <exception cref="DatasetException">A row breaks a rule.</exception>
    public IEnumerable<BehaviourEvent> ReadEvents()
    {
        using CsvTable table = CsvTable.Open(Path.Combine(Folder, EventsFile));
        int eventId = table.Require("event_id"), userId = table.Require("user_id"), itemId = table.Require("item_id");
        int type = table.Require("type"), timestamp = table.Require("timestamp"), rankingId = table.Find("ranking_id");
        FeatureColumns context = FeatureColumns.Of(
            table, Schema, FeatureSource.Context, ["event_id", "user_id", "item_id", "type", "timestamp", "ranking_id"]);
        var types = Schema.EventTypes.ToDictionary(t => t, t => t, StringComparer.Ordinal);
        while (table.Read())
        {
            yield return new BehaviourEvent
            {
                EventId = table.Id(eventId),
                UserId = table.Id(userId),
                ItemId = table.Id(itemId),
                Type = types.GetValueOrDefault(table[type]) ?? throw table.Bad(type, "must be one of " + string.Join(", ", types.Keys)),
                Timestamp = table.Timestamp(timestamp),
                RankingId = rankingId >= 0 && table[rankingId].Length > 0 ? table.Id(rankingId) : null,
                Context = context.Read(table),
            };
        }
    }

    /// <summary>The columns of a source's features in a file.</summary>
    private sealed class FeatureColumns
    {
        private readonly (string Name, int Column, bool Numeric)[] _features;

        private FeatureColumns((string Name, int Column, bool Numeric)[] features) => _features = features;

        public static FeatureColumns Of(CsvTable table, FeatureSchema schema, FeatureSource source, string[] others)
        {
            Dictionary<string, bool> known = Model.Representation.FeatureKeys.Categorical(schema, source).ToDictionary(f => f.Name, _ => false);
            foreach (NumericFeature feature in schema.Numeric(source))
            {
                known[feature.Name] = true;
            }

            string? unknown = table.Header.FirstOrDefault(c => !known.ContainsKey(c) && !others.Contains(c));
            return unknown is null
                ? new([.. known.Where(f => !others.Contains(f.Key) && table.Find(f.Key) >= 0).Select(f => (f.Key, table.Find(f.Key), f.Value))])
                : throw new DatasetException($"{table.File} line 1: column {unknown} is no feature of the schema.");
        }

        public IReadOnlyDictionary<string, string> Read(CsvTable table)
        {
            Dictionary<string, string>? values = null;
            foreach ((string name, int column, bool numeric) in _features)
            {
                string value = table[column];
                if (value.Length == 0)
                {
                    continue;
                }

                if (numeric && !(double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)))
                {
                    throw table.Bad(column, $"must be a finite number, not \"{value}\"");
                }

                (values ??= []).Add(name, value);
            }

            return values ?? EmptyFeatures.Instance;
        }
    }
}
