using DinOrleans.Model.Schema;
using DinOrleans.Storage.Features;

namespace DinOrleans.Grains.Items.Columns;

/// <summary>
/// The items of a shop as integers: a dense number per item, and a record of <see cref="ItemLayout"/> per number. Item ids and feature values are kept
/// once each. Any number of threads may use it at the same time. Reading takes no lock.
/// </summary>
internal sealed class ItemRecords
{
    /// <summary>The most integers that are kept on the stack.</summary>
    private const int OnStack = 64;

    private const int FirstStamp = 2;

    private readonly Utf8Numbers _ids = new();
    private readonly Segments<int> _records;
    private readonly ItemRecordReader _reader;
    private readonly FeatureValues[] _values;
    private readonly Lock _writing = new();
    private int _removed;

    public ItemRecords(FeatureSchema schema)
    {
        Layout = new(schema);
        _records = new(Layout.Width);
        _values = [.. Enumerable.Range(0, Layout.CategoricalCount).Select(_ => new FeatureValues())];
        _reader = new(Layout, _values);
    }

    public ItemLayout Layout { get; }

    /// <summary>The number of items, without those that were removed.</summary>
    public int Count => _ids.Count - Volatile.Read(ref _removed);

    /// <summary>The number of an item. −1 where there is no such item.</summary>
    public int Find(string itemId)
    {
        int number = _ids.Find(itemId);
        return number >= 0 && (uint)_records[number][ItemLayout.Until] != 0 ? number : -1;
    }

    /// <summary>The numbers of items, −1 for those that there are not.</summary>
    /// <param name="itemIds">The items, at most <see cref="Utf8Numbers.AtOnce"/>.</param>
    /// <param name="numbers">Receives the number of each item, [items].</param>
    public void Find(ReadOnlySpan<string> itemIds, Span<int> numbers)
    {
        _ids.Find(itemIds, numbers);
        foreach (ref int number in numbers[..itemIds.Length])
        {
            number = number >= 0 && (uint)_records[number][ItemLayout.Until] != 0 ? number : -1;
        }
    }

    /// <summary>The value of a categorical feature.</summary>
    /// <param name="place">The place of the feature.</param>
    /// <param name="code">Its integer in a record, which is not 0.</param>
    public string Value(int place, int code) => _values[ItemLayout.Feature(place)].Value(code - 1);

    /// <summary>Copies the record of an item, as one write has left it.</summary>
    /// <param name="number">The number of the item.</param>
    /// <param name="record">[width of the layout].</param>
    public void Read(int number, Span<int> record)
    {
        Span<int> held = _records[number];
        var spin = new SpinWait();
        while (true)
        {
            int stamp = Volatile.Read(ref held[ItemLayout.Stamp]);
            held.CopyTo(record);
            Volatile.ReadBarrier();
            if ((stamp & 1) == 0 && held[ItemLayout.Stamp] == stamp)
            {
                record[ItemLayout.Stamp] = stamp;
                return;
            }

            spin.SpinOnce();
        }
    }

    /// <summary>The stamp of an item, which changes with every write of the item. It is never 0.</summary>
    public int Stamp(int number)
    {
        ref int stamp = ref _records[number][ItemLayout.Stamp];
        var spin = new SpinWait();
        int seen;
        while (((seen = Volatile.Read(ref stamp)) & 1) != 0)
        {
            spin.SpinOnce();
        }

        return seen;
    }

    /// <summary>True if an item is available.</summary>
    /// <param name="number">The number of the item.</param>
    /// <param name="second">The time, in seconds since 1970.</param>
    public bool IsAvailable(int number, uint second)
    {
        Span<int> held = _records[number];
        var spin = new SpinWait();
        while (true)
        {
            int stamp = Volatile.Read(ref held[ItemLayout.Stamp]);
            (uint from, uint until) = ((uint)held[ItemLayout.From], (uint)held[ItemLayout.Until]);
            Volatile.ReadBarrier();
            if ((stamp & 1) == 0 && held[ItemLayout.Stamp] == stamp)
            {
                return from <= second && second < until;
            }

            spin.SpinOnce();
        }
    }

    /// <summary>Takes over a write of an item.</summary>
    /// <exception cref="System.Text.Json.JsonException">The features are not JSON.</exception>
    public void Apply(ItemRow row)
    {
        Span<int> record = Layout.Width <= OnStack ? stackalloc int[Layout.Width] : new int[Layout.Width];
        _reader.Read(row, record);
        uint hash = Utf8Numbers.Hash(row.ItemId);
        lock (_writing)
        {
            Put(row.ItemId, hash, record);
        }
    }

    private void Put(ReadOnlySpan<byte> itemId, uint hash, ReadOnlySpan<int> record)
    {
        bool removed = record[ItemLayout.Until] == 0;
        int number = _ids.Find(itemId, hash);
        if (number >= 0)
        {
            bool wasRemoved = _records[number][ItemLayout.Until] == 0;
            Volatile.Write(ref _removed, _removed + (removed ? 1 : 0) - (wasRemoved ? 1 : 0));
            Replace(_records[number], record);
        }
        else if (!removed)
        {
            number = _ids.Count;
            _records.Reserve(number + 1);
            record.CopyTo(_records[number]);
            _records[number][ItemLayout.Stamp] = FirstStamp;

            // Last, because from here on the item is found.
            _ids.Add(itemId, hash);
        }
    }

    private static void Replace(Span<int> held, ReadOnlySpan<int> record)
    {
        int stamp = held[ItemLayout.Stamp];
        Volatile.Write(ref held[ItemLayout.Stamp], stamp + 1);
        Volatile.WriteBarrier();
        record[(ItemLayout.Stamp + 1)..].CopyTo(held[(ItemLayout.Stamp + 1)..]);
        Volatile.Write(ref held[ItemLayout.Stamp], stamp + 2 == 0 ? FirstStamp : stamp + 2);
    }
}
