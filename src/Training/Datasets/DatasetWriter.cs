using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;

namespace DinOrleans.Training.Datasets;

/// <summary>
/// Writes a dataset folder beside its place and renames it into it on <see cref="Commit"/>; disposed before that, it leaves
/// nothing behind and what was in the place stays.
/// </summary>
public sealed class DatasetWriter : IDisposable
{
    private readonly string _place;
    private readonly string _beside;
    private readonly CsvWriter _items;
    private readonly CsvWriter _users;
    private readonly CsvWriter _events;
    private readonly IReadOnlyList<string> _itemFeatures;
    private readonly IReadOnlyList<string> _userFeatures;
    private readonly IReadOnlyList<string> _contextFeatures;
    private bool _filesClosed;

    private DatasetWriter(string place, FeatureSchema schema)
    {
        _place = place;
        _beside = $"{place}.{Guid.NewGuid():N}.partial";
        _itemFeatures = FeatureColumns.Names(schema, FeatureSource.Item);
        _userFeatures = FeatureColumns.Names(schema, FeatureSource.User);
        _contextFeatures = FeatureColumns.Names(schema, FeatureSource.Context);
        Directory.CreateDirectory(_beside);
        AddFile(DatasetLayout.SchemaFile, schema.ToJson());
        _items = Table(DatasetLayout.ItemsFile, [DatasetLayout.ItemId, .. _itemFeatures]);
        _users = Table(DatasetLayout.UsersFile, [DatasetLayout.UserId, .. _userFeatures]);
        _events = Table(DatasetLayout.EventsFile, [.. EventColumns.Names, .. _contextFeatures]);
    }

    /// <summary>Items written so far.</summary>
    public long Items { get; private set; }

    /// <summary>Profiles written so far.</summary>
    public long Users { get; private set; }

    /// <summary>Events written so far.</summary>
    public long Events { get; private set; }

    /// <summary>Starts a dataset.</summary>
    /// <param name="folder">Where it goes: a new or empty folder, or an earlier dataset, which it replaces.</param>
    /// <param name="schema">What the columns mean.</param>
    /// <exception cref="DatasetException">The folder holds something else than a dataset, or the schema uses a reserved name.</exception>
    public static DatasetWriter Create(string folder, FeatureSchema schema)
    {
        DatasetFolder.RequireFreeNames(schema);
        string place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        RequireReplaceable(place);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        return new(place, schema);
    }

    /// <summary>Adds an item. Features the schema does not name are left out.</summary>
    public void Write(Item item)
    {
        _items.WriteField(item.ItemId);
        EndRow(_items, item.Features, _itemFeatures);
        Items++;
    }

    /// <summary>Adds a profile. Features the schema does not name are left out.</summary>
    public void Write(string userId, UserProfile profile)
    {
        _users.WriteField(userId);
        EndRow(_users, profile.Features, _userFeatures);
        Users++;
    }

    /// <summary>Adds an event. Context features the schema does not name are left out.</summary>
    public void Write(BehaviourEvent behaviour)
    {
        _events.WriteField(behaviour.EventId);
        _events.WriteField(behaviour.UserId);
        _events.WriteField(behaviour.ItemId);
        _events.WriteField(behaviour.Type);
        _events.WriteField(Rfc3339.Format(behaviour.Timestamp));
        _events.WriteField(behaviour.RankingId);
        EndRow(_events, behaviour.Context, _contextFeatures);
        Events++;
    }

    /// <summary>Adds a file of the dataset that is no table.</summary>
    internal void AddFile(string name, string content) => File.WriteAllText(Path.Combine(_beside, name), content + "\n");

    /// <summary>Moves the finished dataset into its place.</summary>
    /// <exception cref="DatasetException">The folder has come to hold something else than a dataset.</exception>
    public void Commit()
    {
        CloseFiles();
        if (Users == 0)
        {
            File.Delete(Path.Combine(_beside, DatasetLayout.UsersFile));
        }

        RequireReplaceable(_place);
        if (!Directory.Exists(_place))
        {
            Directory.Move(_beside, _place);
            return;
        }

        string replaced = $"{_place}.{Guid.NewGuid():N}.replaced";
        Directory.Move(_place, replaced);
        Directory.Move(_beside, _place);
        Directory.Delete(replaced, recursive: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseFiles();
        if (Directory.Exists(_beside))
        {
            Directory.Delete(_beside, recursive: true);
        }
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

    private static void EndRow(CsvWriter table, IReadOnlyDictionary<string, string> features, IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            table.WriteField(features.GetValueOrDefault(name));
        }

        table.NextRecord();
    }

    private CsvWriter Table(string name, IEnumerable<string> header)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var table = new CsvWriter(new StreamWriter(Path.Combine(_beside, name), append: false, new UTF8Encoding(false)), configuration);
        foreach (string column in header)
        {
            table.WriteField(column);
        }

        table.NextRecord();
        return table;
    }

    private void CloseFiles()
    {
        if (!_filesClosed)
        {
            _filesClosed = true;
            _items.Dispose();
            _users.Dispose();
            _events.Dispose();
        }
    }
}
