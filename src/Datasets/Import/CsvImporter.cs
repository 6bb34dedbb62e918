using System.Globalization;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets.Import;

/// <summary>Imports CSV files of one's own: a file of events and, optionally, files of items and users.</summary>
public sealed class CsvImporter(CsvImportOptions options) : IDatasetImporter
{
    /// <inheritdoc/>
    public string Name => "csv";

    /// <inheritdoc/>
    public ImportResult Import(string source, string outFolder, CancellationToken cancellationToken = default)
    {
        SourceColumns items = SourceColumns.OfFile(options.ItemsFile, options.ItemColumn, options);
        SourceColumns users = SourceColumns.OfFile(options.UsersFile, options.UserColumn, options);
        SourceColumns context = SourceColumns.Choose(options.ContextColumns, options);
        FeatureSchema schema = Schema(items, users, context);
        using DatasetWriter writer = DatasetWriter.Create(outFolder, schema);
        WriteEach(options.ItemsFile, options.ItemColumn, items, (id, features) => writer.Write(new Item(id, features)), cancellationToken);
        WriteEach(options.UsersFile, options.UserColumn, users, (id, features) => writer.Write(id, new UserProfile(features)), cancellationToken);
        WriteEvents(source, context, schema, writer, cancellationToken);
        return ImportResult.Commit(writer);
    }

    private FeatureSchema Schema(SourceColumns items, SourceColumns users, SourceColumns context)
    {
        if (options.PositiveTypes.Count == 0)
        {
            throw new DatasetException("csv import: at least one positive event type must be named");
        }

        var schema = new FeatureSchema
        {
            ItemFeatures = [new(FeatureSchema.ItemId, options.ItemDimension), .. items.Categorical(options.FeatureDimension)],
            UserFeatures = [.. users.Categorical(options.FeatureDimension)],
            ContextFeatures = [.. context.Categorical(options.FeatureDimension)],
            NumericFeatures =
            [
                .. items.Numeric(FeatureSource.Item), .. users.Numeric(FeatureSource.User), .. context.Numeric(FeatureSource.Context),
            ],
            Tasks = [new(SourceColumns.FeatureName(options.PositiveTypes[0]), options.PositiveTypes)],
            Behaviours = new(options.PositiveTypes, options.MaxLength),
            OtherEvents = options.OtherTypes,
        };
        return FeatureSchemaRules.Check(schema) is { Count: > 0 } problems
            ? throw new DatasetException("csv import: the columns and options do not make a valid schema: " + string.Join("; ", problems))
            : schema;
    }

    private void WriteEach(
        string? path, string idColumn, SourceColumns columns, Action<string, IReadOnlyDictionary<string, string>> write, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            return;
        }

        using CsvTable table = CsvTable.Open(path, options.Format);
        int id = table.Column(idColumn);
        Func<IReadOnlyDictionary<string, string>> features = columns.Reader(table);
        var seen = new UniqueKeys();
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string key = table.Id(id);
            if (!seen.Add(key))
            {
                throw table.Error(id, "must be unique in the file");
            }

            write(key, features());
        }
    }

    private void WriteEvents(string source, SourceColumns context, FeatureSchema schema, DatasetWriter writer, CancellationToken cancellationToken)
    {
        using CsvTable table = CsvTable.Open(source, options.Format);
        int user = table.Column(options.UserColumn);
        int item = table.Column(options.ItemColumn);
        int timestamp = table.Column(options.TimestampColumn);
        int? eventId = Optional(table, options.EventIdColumn);
        int? type = Optional(table, options.TypeColumn);
        int? ranking = Optional(table, options.RankingColumn);
        Func<IReadOnlyDictionary<string, string>> features = context.Reader(table);
        HashSet<string> types = [.. schema.EventTypes];
        var seen = new UniqueKeys();
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var behaviour = new BehaviourEvent
            {
                EventId = eventId is { } column ? table.Id(column) : table.LineId(),
                UserId = table.Id(user),
                ItemId = table.Id(item),
                Type = type is { } t ? table[t] : options.PositiveTypes[0],
                Timestamp = options.Source.Plausible(table, timestamp, Timestamp(table, timestamp)),
                RankingId = ranking is { } r && table[r].Length > 0 ? table.Id(r) : null,
                Context = features(),
            };
            if (type is { } typeColumn && !types.Contains(behaviour.Type))
            {
                throw table.Error(typeColumn, $"must be one of {string.Join(", ", types)}");
            }

            if (eventId is { } idColumn && !seen.Add(behaviour.UserId, behaviour.EventId))
            {
                throw table.Error(idColumn, "must be unique within the user");
            }

            writer.Write(behaviour);
        }
    }

    private static int? Optional(CsvTable table, string? column) => column is null ? null : table.Column(column);

    private DateTimeOffset Timestamp(CsvTable table, int column)
    {
        string text = table[column];
        if (options.TimestampFormat == TimestampFormat.Rfc3339)
        {
            return Rfc3339.TryParse(text, out DateTimeOffset parsed) ? parsed : throw table.Error(column, "must be RFC 3339");
        }

        long unit = options.TimestampFormat == TimestampFormat.UnixSeconds ? 1000 : 1;
        long limit = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() / unit;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= limit
            ? DateTimeOffset.FromUnixTimeMilliseconds(number * unit)
            : throw table.Error(column, $"must be {(unit == 1 ? "milliseconds" : "seconds")} since 1970, a whole number");
    }
}
