using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets.Import;

/// <summary>
/// Taobao user behaviour (Zhu et al., KDD 2018): <c>UserBehavior.csv</c>, plain or gzipped, without a header:
/// user, item, category, type (pv, buy, cart or fav) and Unix seconds.
/// </summary>
/// <remarks>
/// Views (pv) are predicted and form the behaviour sequence. The other types are kept as other events. Rows outside the days that the source names,
/// 25 November to 3 December 2017 in China, are left out. An item has the category of its first row.
/// </remarks>
/// <param name="source">The options for reading the file. Null for the published form.</param>
public sealed class TaobaoImporter(SourceOptions? source = null) : IDatasetImporter
{
    private const string View = "pv";

    private static readonly string[] Types = [View, "cart", "fav", "buy"];
    private static readonly TimeWindow Published = TimeWindow.OfDaysInChina(new(2017, 11, 25), new(2017, 12, 3));
    private static readonly CsvFormat Format = new() { Quoted = false, Columns = ["user", "item", "category", "type", "timestamp"] };

    private readonly SourceOptions _source = source ?? new();

    /// <inheritdoc/>
    public string Name => "taobao";

    /// <inheritdoc/>
    public ImportResult Import(string source, string outFolder, CancellationToken cancellationToken = default)
    {
        using DataTable table = DataTable.Open(source, _source.Apply(Format));
        FeatureSchema schema = ItemAndCategory.Schema(View) with { OtherEvents = [.. Types.Where(t => t != View)] };
        using DatasetWriter writer = DatasetWriter.Create(outFolder, schema);
        int user = table.Column("user");
        int item = table.Column("item");
        int category = table.Column("category");
        int type = table.Column("type");
        int timestamp = table.Column("timestamp");
        var items = new UniqueKeys();
        var leftOut = new LeftOutCounts();
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            long seconds = table.WholeNumber(timestamp, "must be seconds since 1970, a whole number");
            if (!Published.Contains(seconds))
            {
                leftOut.Add(TimeWindow.Reason);
                continue;
            }

            var behaviour = new BehaviourEvent
            {
                EventId = table.LineId(),
                UserId = table.Id(user),
                ItemId = table.Id(item),
                Type = table.OneOf(type, Types),
                Timestamp = DateTimeOffset.FromUnixTimeSeconds(seconds),
            };
            string categoryId = table.Id(category);
            if (items.Add(behaviour.ItemId))
            {
                writer.Write(ItemAndCategory.Item(behaviour.ItemId, categoryId));
            }

            writer.Write(behaviour);
        }

        return ImportResult.Commit(writer, leftOut);
    }
}
