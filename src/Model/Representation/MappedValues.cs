using System.Collections;
using System.Text;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Representation;

/// <summary>Known values in a memory-mapped file, in the form of <see cref="ValueTableLayout"/>. Safe for concurrent reads.</summary>
internal sealed class MappedValues : IKnownValues
{
    private const int OnStack = 1024;

    private readonly MappedBytes _file;
    private readonly ValueTableLayout _layout;
    private readonly long _seed;

    private MappedValues(MappedBytes file, ValueTableLayout layout, long seed)
    {
        _file = file;
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
            ReadOnlySpan<long> bounds = _file.Values<long>(_layout.Offsets + ((long)index * sizeof(long)), 2);
            return Encoding.UTF8.GetString(_file.Values<byte>(_layout.Texts + bounds[0], (int)(bounds[1] - bounds[0])));
        }
    }

    /// <summary>Maps a file and checks that no lookup can leave it.</summary>
    /// <exception cref="InvalidContentException">The file does not have the form of known values.</exception>
    public static MappedValues Open(string path)
    {
        MappedBytes file = MappedBytes.Open(path) ?? throw Damaged("is empty");
        try
        {
            ValueTableLayout layout = ReadHead(file, out long seed);
            ValueTableCheck.Run(path, layout);
            return new(file, layout, seed);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Find(string value)
    {
        int most = Encoding.UTF8.GetMaxByteCount(value.Length);
        Span<byte> bytes = most <= OnStack ? stackalloc byte[OnStack] : new byte[most];
        ulong hash = ValueTableLayout.Hash(bytes[..Encoding.UTF8.GetBytes(value, bytes)], _seed);
        for (long i = _layout.First(hash); ; i = i + 1 == _layout.Slots ? 0 : i + 1)
        {
            // The hashes of all values differ, so the hash alone says which value it is.
            ValueSlot slot = _file.Value<ValueSlot>(ValueTableLayout.Slot(i));
            if (slot.Number == 0 || slot.Hash == hash)
            {
                return slot.Number - 1;
            }
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
    public void Dispose() => _file.Dispose();

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
