using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets.Import.AlibabaAds;

/// <summary>Reads <c>raw_sample.csv</c>: which ads were shown, and which of them were clicked.</summary>
internal static class ImpressionRows
{
    /// <summary>The place of the ad on a page.</summary>
    public const string Place = "pid";

    private static readonly TimeWindow Published = TimeWindow.OfDaysInChina(new(2017, 5, 6), new(2017, 5, 13));
    private static readonly string[] Flags = ["0", "1"];

    /// <summary>Writes every impression, and a click after it if it was clicked.</summary>
    /// <param name="path">The file.</param>
    /// <param name="source">How it is read.</param>
    /// <param name="writer">Takes the events.</param>
    /// <param name="leftOut">Counts the rows outside the published days.</param>
    /// <param name="cancellationToken">Ends the import.</param>
    /// <exception cref="DatasetException">A row breaks a rule.</exception>
    public static void Write(string path, SourceOptions source, DatasetWriter writer, LeftOutCounts leftOut, CancellationToken cancellationToken)
    {
        using DataTable table = DataTable.Open(path, source.Apply(CsvFormat.Rfc4180));
        int user = table.Column("user");
        int time = table.Column("time_stamp");
        int ad = table.Column(AdRows.Ad);
        int place = table.Column(Place);
        int notClicked = table.Column("nonclk");
        int clicked = table.Column("clk");
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            long seconds = table.WholeNumber(time, "must be seconds since 1970, a whole number");
            if (!Published.Contains(seconds))
            {
                leftOut.Add(TimeWindow.Reason);
                continue;
            }

            string line = table.LineId();
            var impression = new BehaviourEvent
            {
                EventId = $"impression-{line}",
                UserId = table.Id(user),
                ItemId = table.Id(ad),
                Type = FeatureSchema.Impression,
                Timestamp = DateTimeOffset.FromUnixTimeSeconds(seconds),

                // The id is unique within the user, which suffices for a ranking. With the user in it, there would be 26 million texts.
                RankingId = table.Id(place, $"{table[time]}-{table.Id(place)}"),
                Context = new Dictionary<string, string>(1) { [Place] = table[place] },
            };
            bool isClick = table.OneOf(clicked, Flags) == Flags[1];
            if (table.OneOf(notClicked, Flags) == table[clicked])
            {
                throw table.Error(notClicked, "must be 0 where clk is 1, and 1 where it is 0");
            }

            writer.Write(impression);
            if (isClick)
            {
                writer.Write(impression with { EventId = $"click-{line}", Type = AlibabaAdsImporter.Click });
            }
        }
    }
}
