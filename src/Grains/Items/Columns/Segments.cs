namespace DinOrleans.Grains.Items.Columns;

/// <summary>
/// Entries of a fixed number of values, in segments. It grows by adding segments, so what it holds never moves and readers need no lock. One thread at
/// a time may let it grow.
/// </summary>
/// <param name="width">The number of values per entry.</param>
internal sealed class Segments<T>(int width)
    where T : unmanaged
{
    private const int Bits = 14;
    private const int EntriesPerSegment = 1 << Bits;

    private volatile T[][] _segments = [];

    /// <summary>The number of entries that there is room for.</summary>
    public int Capacity => _segments.Length << Bits;

    /// <summary>The values of an entry. It must be below <see cref="Capacity"/>.</summary>
    public Span<T> this[int entry] => _segments[entry >> Bits].AsSpan((entry & (EntriesPerSegment - 1)) * width, width);

    /// <summary>Makes room for a number of entries. New values are zero.</summary>
    public void Reserve(int entries)
    {
        T[][] segments = _segments;
        int needed = (entries + EntriesPerSegment - 1) >> Bits;
        if (needed <= segments.Length)
        {
            return;
        }

        var grown = new T[needed][];
        segments.CopyTo(grown, 0);
        for (int i = segments.Length; i < needed; i++)
        {
            grown[i] = new T[width << Bits];
        }

        _segments = grown;
    }
}
