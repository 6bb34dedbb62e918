using System.Runtime.InteropServices;
using System.Text;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Artifacts;

/// <summary>Writes known values as a file that <see cref="StoredValues"/> looks up where it lies.</summary>
internal static class ValueTableWriter
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Writes values.</summary>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="values">The values by descending frequency.</param>
    /// <exception cref="InvalidContentException">Two values have the same text in UTF-8.</exception>
    public static void Write(string path, IReadOnlyList<string> values)
    {
        long[] offsets = Offsets(values);
        var layout = new ValueTableLayout(values.Count, ValueTableLayout.SlotsFor(values.Count), offsets[^1]);
        ValueSlot[] slots;
        long seed = 0;
        while ((slots = Slots(values, layout, seed)!) is null)
        {
            seed++;
        }

        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
        file.Write(MemoryMarshal.AsBytes<long>([unchecked((long)ValueTableLayout.Magic), layout.Count, layout.Slots, seed, layout.TextBytes]));
        RawBytes.Read<ValueSlot>(slots, file.Write);
        file.Write(new byte[layout.Padding]);
        RawBytes.Read<long>(offsets, file.Write);
        foreach (string value in values)
        {
            file.Write(Encoding.UTF8.GetBytes(value));
        }
    }

    private static long[] Offsets(IReadOnlyList<string> values)
    {
        long[] offsets = new long[values.Count + 1];
        for (int i = 0; i < values.Count; i++)
        {
            offsets[i + 1] = offsets[i] + Encoding.UTF8.GetByteCount(values[i]);
        }

        return offsets;
    }

    /// <summary>Fills the hash table. Null where two values have one hash under this seed: a lookup tells values apart by their hashes alone.</summary>
    private static ValueSlot[]? Slots(IReadOnlyList<string> values, ValueTableLayout layout, long seed)
    {
        var slots = new ValueSlot[layout.Slots];
        byte[] bytes = [];
        for (int i = 0; i < values.Count; i++)
        {
            int most = Encoding.UTF8.GetMaxByteCount(values[i].Length);
            bytes = bytes.Length < most ? new byte[most] : bytes;
            ulong hash = ValueTableLayout.Hash(bytes.AsSpan(0, Encoding.UTF8.GetBytes(values[i], bytes)), seed);
            long slot = layout.First(hash);
            while (slots[slot].Number != 0)
            {
                if (slots[slot].Hash == hash)
                {
                    int other = slots[slot].Number - 1;
                    return Encoding.UTF8.GetBytes(values[i]).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(values[other]))
                        ? throw new InvalidContentException($"value \"{values[i]}\" occurs twice.")
                        : null;
                }

                slot = slot + 1 == layout.Slots ? 0 : slot + 1;
            }

            slots[slot] = new(hash, i + 1);
        }

        return slots;
    }
}
