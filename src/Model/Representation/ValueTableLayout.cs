using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace DinOrleans.Model.Representation;

/// <summary>
/// The parts of a file of known values: a head, a hash table with open addressing, the offset of each value's text, and the texts in UTF-8. The file is
/// looked up where it lies, so it takes no time and no memory to load.
/// </summary>
internal readonly record struct ValueTableLayout
{
    /// <summary>The first bytes of the file, "DINVOC" and the version of the layout.</summary>
    public const ulong Magic = 0x3130_434F_564E_4944;

    public const int HeadBytes = 5 * sizeof(long);

    /// <summary>A 64-bit hash and a 32-bit number.</summary>
    public const int SlotBytes = 12;

    /// <param name="count">The number of values.</param>
    /// <param name="slots">The number of slots of the hash table, more than there are values.</param>
    /// <param name="textBytes">The length of all texts together.</param>
    public ValueTableLayout(int count, long slots, long textBytes)
    {
        Count = count;
        Slots = slots;
        TextBytes = textBytes;
    }

    public int Count { get; }

    public long Slots { get; }

    public long TextBytes { get; }

    /// <summary>The bytes after the slots that align the offsets.</summary>
    public int Padding => (int)(-(Slots * SlotBytes) & (sizeof(long) - 1));

    /// <summary>Where the offsets begin: one per value, and one for the end of the texts.</summary>
    public long Offsets => HeadBytes + (Slots * SlotBytes) + Padding;

    /// <summary>Where the texts begin.</summary>
    public long Texts => Offsets + ((Count + 1L) * sizeof(long));

    public long FileBytes => Texts + TextBytes;

    /// <summary>The number of slots for a number of values: 7 of 10 are taken, so that a search ends soon.</summary>
    public static long SlotsFor(int count) => (count * 10L / 7) + 1;

    /// <summary>Where the slot of an index begins.</summary>
    public static long Slot(long index) => HeadBytes + (index * SlotBytes);

    public static ulong Hash(ReadOnlySpan<byte> text, long seed) => XxHash3.HashToUInt64(text, seed);

    /// <summary>The slot at which the search for a hash begins.</summary>
    public long First(ulong hash) => (long)Math.BigMul(hash, (ulong)Slots, out _);
}

/// <summary>A slot of the hash table.</summary>
/// <param name="Hash">The hash of the value.</param>
/// <param name="Number">The index of the value, plus 1. 0 stands for an empty slot.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct ValueSlot(ulong Hash, int Number);
