using System.Runtime.InteropServices;
using DinOrleans.Model.Validation;
using Microsoft.Win32.SafeHandles;

namespace DinOrleans.Model.Representation;

/// <summary>
/// Checks that no lookup in a file of known values can leave it. The file is read and not mapped: pages of a mapping count as the memory of the process once
/// they were touched, and most of them are not needed again for long.
/// </summary>
internal static class ValueTableCheck
{
    private const int BufferBytes = 12 << 16;

    /// <param name="file">The file.</param>
    /// <param name="layout">Its parts, which fit its length.</param>
    /// <exception cref="InvalidContentException">A slot or an offset leads out of the file, or a search could never end.</exception>
    public static void Run(SafeFileHandle file, ValueTableLayout layout)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
        CheckSlots(file, layout, buffer);
        CheckOffsets(file, layout, buffer);
    }

    /// <summary>Every value has one slot, and the others are empty, so that a search ends.</summary>
    private static void CheckSlots(SafeFileHandle file, ValueTableLayout layout, byte[] buffer)
    {
        ulong[] seen = new ulong[(layout.Count / 64) + 1];
        int found = 0;
        int atOnce = buffer.Length / ValueTableLayout.SlotBytes;
        for (long start = 0; start < layout.Slots; start += atOnce)
        {
            int count = (int)Math.Min(atOnce, layout.Slots - start);
            foreach (ValueSlot slot in Read<ValueSlot>(file, ValueTableLayout.Slot(start), count * ValueTableLayout.SlotBytes, buffer))
            {
                if (slot.Number == 0)
                {
                    continue;
                }

                int index = slot.Number - 1;
                if ((uint)index >= (uint)layout.Count || (seen[index >> 6] & (1UL << (index & 63))) != 0)
                {
                    throw new InvalidContentException($"has a slot for value {index}, which it has not or has already");
                }

                seen[index >> 6] |= 1UL << (index & 63);
                found++;
            }
        }

        if (found != layout.Count)
        {
            throw new InvalidContentException($"has slots for {found} of its {layout.Count} values");
        }
    }

    private static void CheckOffsets(SafeFileHandle file, ValueTableLayout layout, byte[] buffer)
    {
        long before = 0;
        int atOnce = buffer.Length / sizeof(long);
        for (long start = 0; start <= layout.Count; start += atOnce)
        {
            int count = (int)Math.Min(atOnce, layout.Count + 1 - start);
            foreach (long offset in Read<long>(file, layout.Offsets + (start * sizeof(long)), count * sizeof(long), buffer))
            {
                if (offset < before || offset > layout.TextBytes || offset - before > int.MaxValue)
                {
                    throw new InvalidContentException("has a value whose text lies outside of it");
                }

                before = offset;
            }
        }
    }

    /// <summary>Values of the file, which are in the buffer until it is read into again.</summary>
    private static ReadOnlySpan<T> Read<T>(SafeFileHandle file, long offset, int bytes, byte[] buffer)
        where T : unmanaged
    {
        FileBytes.Read(file, offset, buffer.AsSpan(0, bytes));
        return MemoryMarshal.Cast<byte, T>(buffer.AsSpan(0, bytes));
    }
}
