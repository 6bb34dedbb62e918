using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Datasets.Import.AlibabaAds;

/// <summary>Reads <c>behavior_log.csv</c>: what users did in the shop, by category and brand.</summary>
internal static class BehaviourRows
{
    private static readonly TimeWindow Published = TimeWindow.OfDaysInChina(new(2017, 4, 22), new(2017, 5, 13));
    private static readonly string[] Types = [.. AlibabaAdsImporter.BehaviourTypes];

    /// <summary>Writes behaviours of some types, and an item for each new pair of category and brand.</summary>
    /// <param name="path">The file.</param>
    /// <param name="source">How it is read.</param>
    /// <param name="types">The types to write.</param>
    /// <param name="writer">Takes the items and events.</param>
    /// <param name="leftOut">Counts the rows that have other types or are outside the published days.</param>
    /// <param name="cancellationToken">Ends the import.</param>
    /// <exception cref="DatasetException">A row breaks a rule.</exception>
    public static void Write(string path, SourceOptions source, IReadOnlySet<string> types, DatasetWriter writer, LeftOutCounts leftOut, CancellationToken cancellationToken)
    {
        using DataTable table = DataTable.Open(path, source.Apply(CsvFormat.Rfc4180));
        int user = table.Column("user");
        int time = table.Column("time_stamp");
        int type = table.Column("btag");
        int category = table.Column("cate");
        int brand = table.Column(AdRows.Brand);
        (string Name, int Column)[] columns = [(AdRows.Category, category), (AdRows.Brand, brand)];
        var items = new UniqueKeys();
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            long seconds = table.WholeNumber(time, "must be seconds since 1970, a whole number");
            string name = table.OneOf(type, Types);
            if (!types.Contains(name) || !Published.Contains(seconds))
            {
                leftOut.Add(types.Contains(name) ? TimeWindow.Reason : "of other behaviour types");
                continue;
            }

            // No ad has such an id, because the ids of ads are numbers.
            string itemId = table.Id(brand, $"cate-{table.Id(category)}-brand-{table.Id(brand)}");
            if (items.Add(itemId))
            {
                writer.Write(new Item(itemId, table.Features(columns)));
            }

            writer.Write(new BehaviourEvent
            {
                EventId = $"behaviour-{table.LineId()}",
                UserId = table.Id(user),
                ItemId = itemId,
                Type = name,
                Timestamp = DateTimeOffset.FromUnixTimeSeconds(seconds),
            });
        }
    }
}
