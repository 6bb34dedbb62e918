namespace DinOrleans.Datasets.Import.OnlineRetail;

/// <summary>Finds invoices that come again after other invoices. The rows of one invoice follow each other.</summary>
internal sealed class RepeatedInvoices
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private string? _current;
    private bool _isRepeated;

    /// <summary>True if the row of an invoice repeats it. It is called for each row in the order of the file.</summary>
    public bool Contains(string invoice)
    {
        if (invoice != _current)
        {
            _current = invoice;
            _isRepeated = !_seen.Add(invoice);
        }

        return _isRepeated;
    }
}
