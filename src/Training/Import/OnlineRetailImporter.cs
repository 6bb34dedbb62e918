using System.Globalization;
using System.Text.RegularExpressions;
using DinOrleans.Contracts.Users;
using DinOrleans.Training.Datasets;

namespace DinOrleans.Training.Import;

/// <summary>
/// UCI Online Retail (Chen 2015, doi 10.24432/C5BW33): the invoices of a British gift shop as CSV with the original columns, plain or
/// gzipped.
/// </summary>
/// <remarks>
/// Kept are rows with a CustomerID, a Quantity above 0 and a StockCode that starts with five digits, ordered by InvoiceDate, then
/// by their order in the file. The data give no category: the last word of three or more letters in the item's first
/// Description, in capitals, serves as one. InvoiceDate, which has no time zone, is taken as UTC; an invoice shares a minute.
/// </remarks>
public sealed partial class OnlineRetailImporter : IDatasetImporter
{
    private const string EventType = "purchase";

    // As in the original file, and as spreadsheets write it.
    private static readonly string[] DateFormats = ["yyyy-MM-dd HH:mm:ss", "M/d/yyyy H:mm"];

    /// <inheritdoc/>
    public string Name => "online-retail";

    /// <inheritdoc/>
    public ImportResult Import(string source, string outFolder, CancellationToken cancellationToken = default)
    {
        using DatasetWriter writer = DatasetWriter.Create(outFolder, ItemAndCategory.Schema(EventType));
        (List<Purchase> purchases, long leftOut) = Read(source, cancellationToken);
        purchases.Sort((a, b) => a.Time != b.Time ? a.Time.CompareTo(b.Time) : a.Line.CompareTo(b.Line));

        var items = new HashSet<string>(StringComparer.Ordinal);
        foreach (Purchase purchase in purchases)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (items.Add(purchase.StockCode))
            {
                writer.Write(ItemAndCategory.Item(purchase.StockCode, Category(purchase.Description)));
            }

            writer.Write(new BehaviourEvent
            {
                EventId = $"{purchase.Invoice}-{purchase.Line}",
                UserId = purchase.Customer,
                ItemId = purchase.StockCode,
                Type = EventType,
                Timestamp = purchase.Time,
            });
        }

        writer.Commit();
        return new(writer.Items, writer.Users, writer.Events, leftOut);
    }

    private static (List<Purchase> Purchases, long LeftOut) Read(string source, CancellationToken cancellationToken)
    {
        using CsvTable table = CsvTable.Open(source);
        int invoice = table.Column("InvoiceNo");
        int stockCode = table.Column("StockCode");
        int description = table.Column("Description");
        int quantity = table.Column("Quantity");
        int date = table.Column("InvoiceDate");
        int customer = table.Column("CustomerID");
        List<Purchase> purchases = [];
        long leftOut = 0;
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (table[customer].Length == 0 || Number(table, quantity) <= 0 || !StockCode().IsMatch(table[stockCode]))
            {
                leftOut++;
                continue;
            }

            purchases.Add(new(Date(table, date), table.Line, table.Id(invoice), Customer(table, customer), table.Id(stockCode), table[description]));
        }

        return (purchases, leftOut);
    }

    /// <summary>The published CSV has whole numbers with a decimal, 17850.0.</summary>
    private static string Customer(CsvTable table, int column) => Number(table, column).ToString("0", CultureInfo.InvariantCulture);

    private static decimal Number(CsvTable table, int column) =>
        decimal.TryParse(table[column], NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) && decimal.IsInteger(number)
            ? number
            : throw table.Error(column, "must be a whole number");

    private static DateTimeOffset Date(CsvTable table, int column) =>
        DateTimeOffset.TryParseExact(table[column], DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? date
            : throw table.Error(column, "must be a date like 2010-12-01 08:26:00");

    private static string? Category(string description) =>
        Words().Matches(description.ToUpperInvariant()) is { Count: > 0 } words ? words[^1].Value : null;

    [GeneratedRegex("^[0-9]{5}")]
    private static partial Regex StockCode();

    [GeneratedRegex("[A-Z]{3,}")]
    private static partial Regex Words();

    /// <summary>A row that is kept.</summary>
    private sealed record Purchase(DateTimeOffset Time, long Line, string Invoice, string Customer, string StockCode, string Description);
}
