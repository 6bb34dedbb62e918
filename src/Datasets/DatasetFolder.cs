using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;

namespace DinOrleans.Datasets;

/// <summary>
/// A dataset: a folder with <c>schema.json</c>, <c>items.csv</c>, <c>events.csv</c> and, optionally, <c>users.csv</c>. Reading streams and checks every
/// row. An empty field is a missing value.
/// </summary>
public sealed class DatasetFolder
{
    private DatasetFolder(string path, FeatureSchema schema)
    {
        Path = path;
        Schema = schema;
    }

    /// <summary>The path of the folder.</summary>
    public string Path { get; }

    /// <summary>The schema, which says what the columns mean.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>Opens a dataset: reads its schema and checks that its files exist.</summary>
    /// <exception cref="DatasetException">A file is missing, or the schema breaks rules.</exception>
    public static DatasetFolder Open(string path)
    {
        FeatureSchema schema;
        try
        {
            schema = FeatureSchema.Load(System.IO.Path.Combine(path, DatasetLayout.SchemaFile));
        }
        catch (InvalidContentException e)
        {
            throw new DatasetException(e.Message, e);
        }

        RequireFreeNames(schema);
        foreach (string file in (string[])[DatasetLayout.ItemsFile, DatasetLayout.EventsFile])
        {
            if (!File.Exists(System.IO.Path.Combine(path, file)))
            {
                throw new DatasetException($"{path} has no {file}");
            }
        }

        return new(path, schema);
    }

    /// <summary>Reads the catalogue in file order.</summary>
    /// <exception cref="DatasetException">A row breaks a rule.</exception>
    public IEnumerable<Item> ReadItems()
    {
        using DataTable table = DataTable.Open(FilePath(DatasetLayout.ItemsFile));
        int id = table.Column(DatasetLayout.ItemId);
        FeatureColumns features = Features(table, FeatureSource.Item, [DatasetLayout.ItemId]);
        var seen = new UniqueKeys();
        while (table.Read())
        {
            string itemId = table.Id(id);
            yield return seen.Add(itemId) ? new Item(itemId, features.Read()) : throw table.Error(id, "must be unique in the file");
        }
    }

    /// <summary>Reads the profiles in file order. There are none without <c>users.csv</c>.</summary>
    /// <exception cref="DatasetException">A row breaks a rule.</exception>
    public IEnumerable<KeyValuePair<string, UserProfile>> ReadUsers()
    {
        if (!File.Exists(FilePath(DatasetLayout.UsersFile)))
        {
            yield break;
        }

        using DataTable table = DataTable.Open(FilePath(DatasetLayout.UsersFile));
        int id = table.Column(DatasetLayout.UserId);
        FeatureColumns features = Features(table, FeatureSource.User, [DatasetLayout.UserId]);
        var seen = new UniqueKeys();
        while (table.Read())
        {
            string userId = table.Id(id);
            yield return seen.Add(userId) ? new(userId, new UserProfile(features.Read())) : throw table.Error(id, "must be unique in the file");
        }
    }

    /// <summary>Reads the events in file order. Event ids are unique within a user.</summary>
    /// <exception cref="DatasetException">A row breaks a rule.</exception>
    public IEnumerable<BehaviourEvent> ReadEvents()
    {
        using DataTable table = DataTable.Open(FilePath(DatasetLayout.EventsFile));
        var columns = new EventColumns(table, Schema, Features(table, FeatureSource.Context, EventColumns.Names));
        while (table.Read())
        {
            yield return columns.Read();
        }
    }

    /// <summary>Refuses a user feature that would share a column with the user id.</summary>
    /// <exception cref="DatasetException">The schema has such a feature.</exception>
    internal static void RequireFreeNames(FeatureSchema schema)
    {
        if (FeatureColumns.Names(schema, FeatureSource.User).Contains(DatasetLayout.UserId))
        {
            throw new DatasetException($"{DatasetLayout.SchemaFile}: userFeatures must not use the reserved {DatasetLayout.UsersFile} column \"{DatasetLayout.UserId}\"");
        }
    }

    private FeatureColumns Features(DataTable table, FeatureSource source, IReadOnlyList<string> others)
    {
        var features = new FeatureColumns(table, Schema, source);
        table.RequireOnly(FeatureColumns.Names(Schema, source).Concat(others));
        return features;
    }

    private string FilePath(string name) => System.IO.Path.Combine(Path, name);
}
