using System.Collections;
using System.Runtime.InteropServices;
using System.Text;
using DinOrleans.Model.Validation;
using Microsoft.Win32.SafeHandles;

namespace DinOrleans.Model.Representation;

/// <summary>
/// Known values in a file, in the form of <see cref="ValueTableLayout"/>. Safe for concurrent reads. The hash table is read and not mapped: lookups are
/// spread over all of it, so that soon every page of a mapping would count as memory of the process, for the sake of values that are each looked up
/// about once.
/// </summary>
internal sealed class StoredValues : IKnownValues
{
    private const int OnStack = 1024;

    /// <summary>The slots that are read at once. Few searches need more, because 3 of 10 slots are free.</summary>
    private const int SlotsAtOnce = 16;

    private readonly SafeFileHandle _slots;
    private readonly MappedBytes _texts;
    private readonly ValueTableLayout _layout;
    private readonly long _seed;

    private StoredValues(SafeFileHandle slots, MappedBytes texts, ValueTableLayout layout, long seed)
    {
        _slots = slots;
        _texts = texts;
        _layout = layout;
        _seed = seed;
    }

    /// <inheritdoc/>
    public int Count => _layout.Count;

    /// <inheritdoc/>
    public string this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count);
            ReadOnlySpan<long> bounds = _texts.Values<long>(_layout.Offsets + ((long)index * sizeof(long)), 2);
            return Encoding.UTF8.GetString(_texts.Values<byte>(_layout.Texts + bounds[0], (int)(bounds[1] - bounds[0])));
        }
    }

    /// <summary>Opens a file and checks that no lookup can leave it.</summary>
    /// <exception cref="InvalidContentException">The file does not have the form of known values.</exception>
    public static StoredValues Open(string path)
    {
        MappedBytes texts = MappedBytes.Open(path) ?? throw Damaged("is empty");
        SafeFileHandle? slots = null;
        try
        {
            ValueTableLayout layout = ReadHead(texts, out long seed);
            slots = File.OpenHandle(path, options: FileOptions.RandomAccess);
            ValueTableCheck.Run(slots, layout);
            return new(slots, texts, layout, seed);
        }
        catch
        {
            slots?.Dispose();
            texts.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Find(string value)
    {
        int most = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> bytes = most <= OnStack ? stackalloc byte[OnStack] : new byte[most];
        ulong hash = ValueTableLayout.Hash(bytes[..Encoding.UTF8.GetBytes(value, bytes)], _seed);
        Span<ValueSlot> some = stackalloc ValueSlot[SlotsAtOnce];
        long first = _layout.First(hash);
        while (true)
        {
            int count = (int)Math.Min(SlotsAtOnce, _layout.Slots - first);
            FileBytes.Read(_slots, ValueTableLayout.Slot(first), MemoryMarshal.AsBytes(some[..count]));
            foreach (ValueSlot slot in some[..count])
            {
                // The hashes of all values differ, so the hash alone says which value it is.
                if (slot.Number == 0 || slot.Hash == hash)
                {
                    return slot.Number - 1;
                }
            }

            first = first + count == _layout.Slots ? 0 : first + count;
        }
    }

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _slots.Dispose();
        _texts.Dispose();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static ValueTableLayout ReadHead(MappedBytes file, out long seed)
    {
        if (file.Length < ValueTableLayout.HeadBytes || file.Value<ulong>(0) != ValueTableLayout.Magic)
        {
            throw Damaged("does not begin as a file of values does");
        }

        ReadOnlySpan<long> head = file.Values<long>(0, ValueTableLayout.HeadBytes / sizeof(long));
        (long count, long slots, long textBytes) = (head[1], head[2], head[4]);
        seed = head[3];

        // The bounds come first, so that the sums below cannot overflow.
        var layout = new ValueTableLayout((int)Math.Clamp(count, 0, int.MaxValue), slots, textBytes);
        return count is >= 0 and < int.MaxValue && slots > count && slots <= file.Length && textBytes >= 0 && textBytes <= file.Length
            && layout.FileBytes == file.Length
            ? layout
            : throw Damaged($"has {file.Length} bytes, which does not fit its {count} values in {slots} slots with {textBytes} bytes of text");
    }

    private static InvalidContentException Damaged(string what) => new(what);
}
