using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets;

/// <summary>
/// Writes a dataset folder beside its place and renames it into it on <see cref="Commit"/>. If it is disposed before, it leaves nothing behind, and
/// what was in the place stays.
/// </summary>
public sealed class DatasetWriter : IDisposable
{
    private readonly string _place;
    private readonly PartialFolder _beside;
    private readonly TableFile _items;
    private readonly TableFile _users;
    private readonly TableFile _events;
    private readonly IReadOnlyList<string> _itemFeatures;
    private readonly IReadOnlyList<string> _userFeatures;
    private readonly IReadOnlyList<string> _contextFeatures;
    private readonly DatasetCounts _counts = new();

    private DatasetWriter(string place, FeatureSchema schema)
    {
        _place = place;
        _itemFeatures = FeatureColumns.Names(schema, FeatureSource.Item);
        _userFeatures = FeatureColumns.Names(schema, FeatureSource.User);
        _contextFeatures = FeatureColumns.Names(schema, FeatureSource.Context);
        _beside = PartialFolder.Create(place);
        try
        {
            AddFile(DatasetLayout.SchemaFile, schema.ToJson());
            _items = Table(DatasetLayout.ItemsFile, [DatasetLayout.ItemId, .. _itemFeatures]);
            _users = Table(DatasetLayout.UsersFile, [DatasetLayout.UserId, .. _userFeatures]);
            _events = Table(DatasetLayout.EventsFile, [.. EventColumns.Names, .. _contextFeatures]);
        }
        catch
        {
            _beside.Dispose();
            throw;
        }
    }

    /// <summary>The number of events written so far.</summary>
    public long Events => _counts.Events;

    /// <summary>Starts a dataset.</summary>
    /// <param name="folder">The place of the dataset: a new or empty folder, or an earlier dataset, which is replaced.</param>
    /// <param name="schema">The schema.</param>
    /// <exception cref="DatasetException">The folder has something else than a dataset, or the schema uses a reserved name.</exception>
    public static DatasetWriter Create(string folder, FeatureSchema schema)
    {
        DatasetFolder.RequireFreeNames(schema);
        string place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        RequireReplaceable(place);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place) ?? place);
            return new(place, schema);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException($"{folder}: cannot be written ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>Removes the incomplete folders that killed processes left beside a dataset.</summary>
    /// <param name="folder">The place of the dataset.</param>
    public static void RemoveLeftOvers(string folder) => PartialFolder.RemoveLeftOvers(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    /// <summary>Adds an item. Features that the schema does not name are left out.</summary>
    public void Write(Item item)
    {
        _items.WriteField(item.ItemId);
        EndRow(_items, item.Features, _itemFeatures);
        _counts.AddItem(item.ItemId);
    }

    /// <summary>Adds a profile. Features that the schema does not name are left out.</summary>
    public void Write(string userId, UserProfile profile)
    {
        _users.WriteField(userId);
        EndRow(_users, profile.Features, _userFeatures);
        _counts.AddProfile();
    }

    /// <summary>Adds an event. Context features that the schema does not name are left out.</summary>
    public void Write(BehaviourEvent behaviour)
    {
        _events.WriteField(behaviour.EventId);
        _events.WriteField(behaviour.UserId);
        _events.WriteField(behaviour.ItemId);
        _events.WriteField(behaviour.Type);
        _events.WriteField(Rfc3339.Format(behaviour.Timestamp));
        _events.WriteField(behaviour.RankingId);
        EndRow(_events, behaviour.Context, _contextFeatures);
        _counts.AddEvent(behaviour);
    }

    /// <summary>Adds a file that is not a table.</summary>
    internal void AddFile(string name, string content) => File.WriteAllText(Path.Combine(_beside.Path, name), content + "\n");

    /// <summary>Moves the finished dataset into its place.</summary>
    /// <returns>A summary of the dataset.</returns>
    /// <exception cref="DatasetException">The folder has something else than a dataset by now.</exception>
    public DatasetSummary Commit()
    {
        _items.Complete();
        _users.Complete();
        _events.Complete();
        if (_counts.Profiles == 0)
        {
            File.Delete(Path.Combine(_beside.Path, DatasetLayout.UsersFile));
        }

        RequireReplaceable(_place);
        _beside.MoveIntoPlace();
        return _counts.Summary();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _items.Dispose();
        _users.Dispose();
        _events.Dispose();
        _beside.Dispose();
    }

    private static void RequireReplaceable(string place)
    {
        if (File.Exists(place))
        {
            throw new DatasetException($"{place}: is a file, not a folder");
        }

        if (!Directory.Exists(place))
        {
            return;
        }

        string[] names = [.. Directory.EnumerateFileSystemEntries(place).Select(entry => Path.GetFileName(entry))];
        if (names.Length > 0 && (!names.Contains(DatasetLayout.SchemaFile) || names.Except(DatasetLayout.Files).Any()))
        {
            throw new DatasetException($"{place}: holds something else than a dataset and is not overwritten");
        }
    }

    private static void EndRow(TableFile table, IReadOnlyDictionary<string, string> features, IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            table.WriteField(features.GetValueOrDefault(name));
        }

        table.EndRow();
    }

    private TableFile Table(string name, IEnumerable<string> header)
    {
        var table = new TableFile(Path.Combine(_beside.Path, name));
        foreach (string column in header)
        {
            table.WriteField(column);
        }

        table.EndRow();
        return table;
    }
}
