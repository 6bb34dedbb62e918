namespace DinOrleans.Datasets.Import.OnlineRetail;

/// <summary>The columns of a release. Online Retail II calls some of them otherwise.</summary>
internal sealed class RetailColumns
{
    /// <exception cref="DatasetException">The file lacks a column.</exception>
    public RetailColumns(DataTable table)
    {
        HasTwoYears = table.OptionalColumn("Invoice") is not null;
        Invoice = table.Column(HasTwoYears ? "Invoice" : "InvoiceNo");
        StockCode = table.Column("StockCode");
        Description = table.Column("Description");
        Quantity = table.Column("Quantity");
        Date = table.Column("InvoiceDate");
        Customer = table.Column(HasTwoYears ? "Customer ID" : "CustomerID");
    }

    /// <summary>True for Online Retail II, whose two years overlap.</summary>
    public bool HasTwoYears { get; }

    public int Invoice { get; }

    public int StockCode { get; }

    public int Description { get; }

    public int Quantity { get; }

    public int Date { get; }

    public int Customer { get; }
}
