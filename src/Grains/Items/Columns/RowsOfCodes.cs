namespace DinOrleans.Grains.Items.Columns;

/// <summary>The embedding rows of codes as far as they have been looked up. Any number of threads may use it at the same time.</summary>
internal sealed class RowsOfCodes
{
    private readonly Lock _growing = new();

    // The row plus 1. 0 stands for a row that has not been looked up.
    private readonly Segments<int> _rows = new(width: 1);

    /// <summary>The row of a code. −1 where it has not been looked up.</summary>
    public int Find(int code) => code < _rows.Capacity ? _rows[code][0] - 1 : -1;

    /// <summary>Keeps the row of a code. Threads that look it up at the same time all find the same row.</summary>
    public void Set(int code, int row)
    {
        if (code >= _rows.Capacity)
        {
            lock (_growing)
            {
                _rows.Reserve(code + 1);
            }
        }

        _rows[code][0] = row + 1;
    }
}
