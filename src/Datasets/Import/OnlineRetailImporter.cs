using System.Globalization;
using System.Text.RegularExpressions;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Datasets.Import;

/// <summary>
/// Imports UCI Online Retail (Chen 2015, doi 10.24432/C5BW33): the invoices of a British gift shop as CSV with the original columns, plain or gzipped.
/// </summary>
/// <remarks>
/// The importer keeps rows with a CustomerID, a Quantity above 0 and a StockCode that starts with five digits, in the order of the file, which is that of
/// InvoiceDate. The data have no categories. The last word of three or more letters in the Description of the item's first row, in capitals, serves as one.
/// InvoiceDate has no time zone and is taken as UTC. All rows of an invoice have the same minute.
/// </remarks>
/// <param name="source">The options for reading the file. Null for the published form.</param>
public sealed partial class OnlineRetailImporter(SourceOptions? source = null) : IDatasetImporter
{
    private const string EventType = "purchase";

    // The format of the original file, and that of spreadsheets.
    private static readonly string[] DateFormats = ["yyyy-MM-dd HH:mm:ss", "M/d/yyyy H:mm"];

    private readonly SourceOptions _source = source ?? new();

    /// <inheritdoc/>
    public string Name => "online-retail";

    /// <inheritdoc/>
    public ImportResult Import(string source, string outFolder, CancellationToken cancellationToken = default)
    {
        using CsvTable table = CsvTable.Open(source, _source.Apply(CsvFormat.Rfc4180));
        using DatasetWriter writer = DatasetWriter.Create(outFolder, ItemAndCategory.Schema(EventType));
        int invoice = table.Column("InvoiceNo");
        int stockCode = table.Column("StockCode");
        int description = table.Column("Description");
        int quantity = table.Column("Quantity");
        int date = table.Column("InvoiceDate");
        int customer = table.Column("CustomerID");
        var items = new HashSet<string>(StringComparer.Ordinal);
        long leftOut = 0;
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (table[customer].Length == 0 || Number(table, quantity) <= 0 || !StockCode().IsMatch(table[stockCode]))
            {
                leftOut++;
                continue;
            }

            var purchase = new BehaviourEvent
            {
                EventId = table.Id(invoice, $"{table.Id(invoice)}-{table.LineId()}"),
                UserId = Customer(table, customer),
                ItemId = table.Id(stockCode),
                Type = EventType,
                Timestamp = _source.Plausible(table, date, Date(table, date)),
            };
            if (items.Add(purchase.ItemId))
            {
                writer.Write(ItemAndCategory.Item(purchase.ItemId, Category(table.Feature(description))));
            }

            writer.Write(purchase);
        }

        return ImportResult.Commit(writer, leftOut);
    }

    /// <summary>Reads a customer. The published CSV has whole numbers with a decimal, such as 17850.0.</summary>
    private static string Customer(CsvTable table, int column) => Number(table, column).ToString("0", CultureInfo.InvariantCulture);

    private static decimal Number(CsvTable table, int column) =>
        decimal.TryParse(table[column], NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out decimal number) && decimal.IsInteger(number)
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
}
