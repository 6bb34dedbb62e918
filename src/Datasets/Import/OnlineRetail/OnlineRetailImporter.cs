using System.Globalization;
using System.Text.RegularExpressions;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Datasets.Import.OnlineRetail;

/// <summary>
/// Imports UCI Online Retail (Chen 2015, doi 10.24432/C5BW33) or its longer release Online Retail II (Chen 2019, doi 10.24432/C5CG6D): the invoices of a
/// British gift shop with the original columns, as the published workbook or as CSV, plain or gzipped.
/// </summary>
/// <remarks>
/// The importer keeps rows with a customer, a Quantity above 0 and a StockCode that starts with five digits, in the order of the file, which is that of
/// InvoiceDate. The two years of Online Retail II overlap by nine days: an invoice that comes again after other invoices is left out. The data have no
/// categories. The last word of three or more letters in the Description of the item's first row, in capitals, serves as one. InvoiceDate has no time zone and
/// is taken as UTC unless the options name one. All rows of an invoice have the same minute.
/// </remarks>
/// <param name="source">The options for reading the file. Null for the published form.</param>
public sealed partial class OnlineRetailImporter(SourceOptions? source = null) : IDatasetImporter
{
    private const string EventType = "purchase";

    // The format of the CSV file of the first release, and that in which spreadsheets save dates.
    private static readonly string[] DateFormats = ["yyyy-MM-dd HH:mm:ss", "M/d/yyyy H:mm"];

    private readonly SourceOptions _source = source ?? new();

    /// <inheritdoc/>
    public string Name => "online-retail";

    /// <inheritdoc/>
    public ImportResult Import(string source, string outFolder, CancellationToken cancellationToken = default)
    {
        using DataTable table = DataTable.Open(source, _source.Apply(CsvFormat.Rfc4180));
        using DatasetWriter writer = DatasetWriter.Create(outFolder, ItemAndCategory.Schema(EventType));
        var columns = new RetailColumns(table);
        var repeated = columns.HasTwoYears ? new RepeatedInvoices() : null;
        var times = new LocalTimes(_source.TimeZone);
        var items = new HashSet<string>(StringComparer.Ordinal);
        var leftOut = new LeftOutCounts();
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            bool isRepeated = repeated?.Contains(table[columns.Invoice]) ?? false;
            if ((isRepeated ? "of invoices that the file has twice" : Reason(table, columns)) is { } reason)
            {
                leftOut.Add(reason);
                continue;
            }

            var purchase = new BehaviourEvent
            {
                EventId = table.Id(columns.Invoice, $"{table.Id(columns.Invoice)}-{table.LineId()}"),
                UserId = Customer(table, columns.Customer),
                ItemId = table.Id(columns.StockCode),
                Type = EventType,
                Timestamp = _source.Plausible(table, columns.Date, Date(table, columns.Date, times)),
            };
            if (items.Add(purchase.ItemId))
            {
                writer.Write(ItemAndCategory.Item(purchase.ItemId, Category(table.Feature(columns.Description))));
            }

            writer.Write(purchase);
        }

        return ImportResult.Commit(writer, leftOut) with { Notes = [.. times.Notes()] };
    }

    /// <summary>Why the current row is left out, or null if it is a purchase of a product by a known customer.</summary>
    private static string? Reason(DataTable table, RetailColumns columns) =>
        table[columns.Customer].Length == 0 ? "without a customer"
        : Number(table, columns.Quantity) <= 0 ? "with a Quantity of 0 or less"
        : StockCode().IsMatch(table[columns.StockCode]) ? null
        : "whose StockCode does not start with five digits";

    /// <summary>Reads a customer. The published CSV has whole numbers with a decimal, such as 17850.0.</summary>
    private static string Customer(DataTable table, int column) => Number(table, column).ToString("0", CultureInfo.InvariantCulture);

    private static decimal Number(DataTable table, int column) =>
        decimal.TryParse(table[column], NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out decimal number) && decimal.IsInteger(number)
            ? number
            : throw table.Error(column, "must be a whole number");

    private static DateTimeOffset Date(DataTable table, int column, LocalTimes times)
    {
        DateTime? date = table.LocalTime(column)
            ?? (DateTime.TryParseExact(table[column], DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime read) ? read : null);
        return date is { } local && times.TryRead(local, out DateTimeOffset moment) ? moment : throw table.Error(column, "must be a date like 2010-12-01 08:26:00");
    }

    private static string? Category(string description) =>
        Words().Matches(description.ToUpperInvariant()) is { Count: > 0 } words ? words[^1].Value : null;

    [GeneratedRegex("^[0-9]{5}")]
    private static partial Regex StockCode();

    [GeneratedRegex("[A-Z]{3,}")]
    private static partial Regex Words();
}
