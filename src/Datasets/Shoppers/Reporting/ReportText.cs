using System.Globalization;
using System.Text;

namespace DinOrleans.Datasets.Shoppers.Reporting;

/// <summary>A report for people.</summary>
public static class ReportText
{
    /// <summary>One line for an interval.</summary>
    public static string Line(IntervalSummary interval)
    {
        RankingSummary r = interval.Rankings;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{interval.Seconds,6:0} s: {r.Rankings:N0} rankings by {(interval.RankedBy.Count == 0 ? "nothing" : string.Join(", ", interval.RankedBy))}; CTR {Rate(r.Ctr)}, clicks per ranking {Rate(r.ClicksPerRanking)} (best {Rate(r.BestClicksPerRanking)}, random {Rate(r.RandomClicksPerRanking)}, achieved {Percent(r.Achieved)}); rank p50 {Time(interval.Rank.P50)}, p99 {Time(interval.Rank.P99)}; errors {interval.Errors:N0}");
    }

    /// <summary>The lines of a whole run.</summary>
    public static string Compose(ShopperSummary summary)
    {
        var text = new StringBuilder();
        Line(text, $"{summary.Visits:N0} visits in {summary.Seconds:0.0} s, {summary.Visits / Math.Max(summary.Seconds, 0.001):0.0} per second; {summary.Total.Rankings:N0} rankings shown, {summary.CutShort:N0} visits cut short");
        text.Append('\n');
        Line(text, $"{"",-44} {"rankings",9} {"clicks",9} {"bought",7} {"CTR",7} {"per ranking",11} {"expected",9} {"regret",7} {"achieved",8}");
        Row(text, "all", summary.Total);
        Rows(text, "variant", summary.Variants);
        Rows(text, "version", summary.Versions);
        Rows(text, "source", summary.Sources);
        Line(text, $"{"best order",-44} {"",9} {"",9} {"",7} {Rate(summary.Total.BestCtr),7} {"",11} {Rate(summary.Total.BestClicksPerRanking),9} {Rate(summary.Total.Regret is null ? null : 0),7} {Percent(summary.Total.Regret is null ? null : 1),8}");
        Line(text, $"{"random order",-44} {"",9} {"",9} {"",7} {Rate(summary.Total.RandomCtr),7} {"",11} {Rate(summary.Total.RandomClicksPerRanking),9} {Rate(summary.Total.BestClicksPerRanking - summary.Total.RandomClicksPerRanking),7} {Percent(summary.Total.Regret is null ? null : 0),8}");
        text.Append('\n');
        Line(text, $"{"position",-10} {"shown",9} {"looked",9} {"clicks",9} {"CTR",7}");
        foreach (PositionSummary position in summary.Positions)
        {
            Line(text, $"{position.Position,-10} {position.Shown,9:N0} {position.Looked,9:N0} {position.Clicks,9:N0} {Rate(position.Ctr),7}");
        }

        text.Append('\n');
        Line(text, $"latency of rankings p50 {Time(summary.Rank.P50)}, p99 {Time(summary.Rank.P99)}; of appends p50 {Time(summary.Append.P50)}, p99 {Time(summary.Append.P99)}");
        Line(text, $"sent again: {(summary.Retries.Count == 0 ? "none" : string.Join(", ", summary.Retries.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Value:N0} after {r.Key}"))))}");
        Line(text, $"errors: {(summary.Errors.Count == 0 ? "none" : "")}".TrimEnd());
        foreach (CallErrors error in summary.Errors)
        {
            Line(text, $"  {error.Call} {error.Kind}: {error.Count:N0}, the first: {error.First}");
        }

        Warn(text, summary);
        return text.ToString();
    }

    private static void Warn(StringBuilder text, ShopperSummary summary)
    {
        if (summary.UnknownItems > 0)
        {
            Line(text, $"warning: the server's catalogue does not have {summary.UnknownItems:N0} of the items shown, so it is not the shop of these shoppers");
        }

        if (summary.UnknownShoppers > 0)
        {
            Line(text, $"warning: the server knows nothing of {summary.UnknownShoppers:N0} shoppers who have a past, so it is not the shop of these shoppers, or they were erased");
        }
    }

    private static void Rows(StringBuilder text, string kind, IReadOnlyDictionary<string, RankingSummary> groups)
    {
        foreach ((string name, RankingSummary group) in groups)
        {
            Row(text, $"{kind} {name}", group);
        }
    }

    private static void Row(StringBuilder text, string name, RankingSummary r) => Line(
        text,
        $"{name,-44} {r.Rankings,9:N0} {r.Clicks,9:N0} {r.Conversions,7:N0} {Rate(r.Ctr),7} {Rate(r.ClicksPerRanking),11} {Rate(r.ExpectedClicksPerRanking),9} {Rate(r.Regret),7} {Percent(r.Achieved),8}");

    private static void Line(StringBuilder text, FormattableString line) => Line(text, line.ToString(CultureInfo.InvariantCulture));

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');

    private static string Rate(double? rate) => rate?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "-";

    private static string Percent(double? share) => share is { } s ? (100 * s).ToString("0.0", CultureInfo.InvariantCulture) + " %" : "-";

    private static string Time(double? milliseconds) => milliseconds is { } ms ? ms.ToString("0.0", CultureInfo.InvariantCulture) + " ms" : "-";
}
