using System.Globalization;
using CsvHelper;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;

namespace DinOrleans.Training.Datasets;

/// <summary>Writes a dataset beside its place and renames it into it, so that a dataset is whole or not there.</summary>
public sealed class DatasetWriter : IDisposable
{
    private readonly string _place;
    private readonly string _beside;
    private readonly FeatureSchema _schema;
    private bool _finished;

    /// <param name="folder">The dataset's folder; a dataset that is there is replaced.</param>
    /// <param name="schema">Its schema.</param>
    /// <exception cref="DatasetException">The folder holds something else than a dataset.</exception>
    public DatasetWriter(string folder, FeatureSchema schema)
    {
        _place = Path.GetFullPath(folder);
        _beside = _place + $".writing-{Guid.NewGuid():N}";
        _schema = schema;
        if (Directory.Exists(_place) && Directory.EnumerateFileSystemEntries(_place).Any() && !File.Exists(Path.Combine(_place, DatasetFolder.SchemaFile)))
        {
            throw new DatasetException($"{folder} holds something else than a dataset; give an empty folder.");
        }

        Directory.CreateDirectory(_beside);
        File.WriteAllText(Path.Combine(_beside, DatasetFolder.SchemaFile), schema.ToJson());
    }

    /// <summary>Writes <c>items.csv</c>.</summary>
    public void WriteItems(IEnumerable<Item> items)
    {
        string[] features = [.. Names(FeatureSource.Item).Where(n => n != FeatureSchema.ItemId)];
        Write(DatasetFolder.ItemsFile, [FeatureSchema.ItemId, .. features], items, (csv, item) =>
        {
            csv.WriteField(item.ItemId);
            Features(csv, item.Features, features);
        });
    }

    /// <summary>Writes <c>users.csv</c>.</summary>
    public void WriteUsers(IEnumerable<KeyValuePair<string, UserProfile>> users)
    {
        string[] features = [.. Names(FeatureSource.User)];
        Write(DatasetFolder.UsersFile, ["user_id", .. features], users, (csv, user) =>
        {
            csv.WriteField(user.Key);
            Features(csv, user.Value.Features, features);
        });
    }

    /// <summary>Writes <c>events.csv</c>.</summary>
    public void WriteEvents(IEnumerable<BehaviourEvent> events)
    {
        string[] features = [.. Names(FeatureSource.Context)];
        Write(DatasetFolder.EventsFile, ["event_id", "user_id", "item_id", "type", "timestamp", "ranking_id", .. features], events, (csv, one) =>
        {
            csv.WriteField(one.EventId);
            csv.WriteField(one.UserId);
            csv.WriteField(one.ItemId);
            csv.WriteField(one.Type);
            csv.WriteField(one.Timestamp.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture));
            csv.WriteField(one.RankingId);
            Features(csv, one.Context, features);
        });
    }

    /// <summary>Adds a file of its own kind.</summary>
    public void WriteFile(string name, string text) => File.WriteAllText(Path.Combine(_beside, name), text);

    /// <summary>Puts the dataset in its place.</summary>
    public void Finish()
    {
        if (Directory.Exists(_place))
        {
            Directory.Delete(_place, recursive: true);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_place)!);
        Directory.Move(_beside, _place);
        _finished = true;
    }

    /// <summary>Leaves nothing behind of a dataset that was not finished.</summary>
    public void Dispose()
    {
        if (!_finished && Directory.Exists(_beside))
        {
            Directory.Delete(_beside, recursive: true);
        }
    }

    private static void Features(CsvWriter csv, IReadOnlyDictionary<string, string> values, string[] names)
    {
        foreach (string name in names)
        {
            csv.WriteField(values.GetValueOrDefault(name));
        }
    }

    private IEnumerable<string> Names(FeatureSource source) =>
        _schema.Categorical(source).Select(f => f.Name).Concat(_schema.Numeric(source).Select(f => f.Name));

    private void Write<T>(string file, string[] header, IEnumerable<T> rows, Action<CsvWriter, T> write)
    {
        using var csv = new CsvWriter(new StreamWriter(Path.Combine(_beside, file)), CultureInfo.InvariantCulture);
        foreach (string column in header)
        {
            csv.WriteField(column);
        }

        csv.NextRecord();
        foreach (T row in rows)
        {
            write(csv, row);
            csv.NextRecord();
        }
    }
}
