using System.Buffers.Binary;

namespace DinOrleans.Grains.Items.Columns;

/// <summary>
/// Keeps short texts, each with a number, one after another in large blocks, without an object per text. What was added never moves. One thread at a
/// time adds, any number of threads read.
/// </summary>
internal sealed class Utf8Arena
{
    /// <summary>The longest text, in bytes.</summary>
    public const int LongestText = ushort.MaxValue;

    /// <summary>Addresses count units of 4 bytes, so 32 bits reach 16 GiB.</summary>
    private const int UnitBits = 2;
    private const int BlockBits = 20;
    private const int BlockUnits = 1 << (BlockBits - UnitBits);
    private const int HeadBytes = sizeof(int) + sizeof(ushort);

    private volatile byte[][] _blocks = [];

    // Address 0 is never used, so that it can stand for nothing.
    private long _next = 1;

    /// <summary>Adds a text and returns its address, which is never 0.</summary>
    /// <param name="number">The number of the text.</param>
    /// <param name="text">The text in UTF-8, up to <see cref="LongestText"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The text is too long.</exception>
    /// <exception cref="InvalidOperationException">The texts would take more than 16 GiB.</exception>
    public uint Add(int number, ReadOnlySpan<byte> text)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, LongestText);
        int units = (HeadBytes + text.Length + (1 << UnitBits) - 1) >> UnitBits;
        int within = (int)(_next % BlockUnits);
        if (within + units > BlockUnits)
        {
            _next += BlockUnits - within;
        }

        if (_next + units > uint.MaxValue)
        {
            throw new InvalidOperationException("The ids of items, or the values of a feature, take more than 16 GiB.");
        }

        uint address = (uint)_next;
        int block = (int)(address / BlockUnits);
        if (block == _blocks.Length)
        {
            _blocks = [.. _blocks, new byte[BlockUnits << UnitBits]];
        }

        Span<byte> entry = Entry(address);
        BinaryPrimitives.WriteInt32LittleEndian(entry, number);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[sizeof(int)..], (ushort)text.Length);
        text.CopyTo(entry[HeadBytes..]);
        _next += units;
        return address;
    }

    /// <summary>The number of the text at an address.</summary>
    public int Number(uint address) => BinaryPrimitives.ReadInt32LittleEndian(Entry(address));

    /// <summary>The text at an address, in UTF-8.</summary>
    public ReadOnlySpan<byte> Text(uint address)
    {
        Span<byte> entry = Entry(address);
        return entry.Slice(HeadBytes, BinaryPrimitives.ReadUInt16LittleEndian(entry[sizeof(int)..]));
    }

    private Span<byte> Entry(uint address) => _blocks[address / BlockUnits].AsSpan((int)(address % BlockUnits) << UnitBits);
}
