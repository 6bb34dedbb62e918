using System.IO.Hashing;
using System.Text;

namespace DinOrleans.Grains.Items.Columns;

/// <summary>
/// Gives texts the numbers 0, 1, 2, … and finds them again: a hash table with open addressing over <see cref="Utf8Arena"/>. One thread at a time adds,
/// any number of threads find. An added text is found by every call that begins after the add has returned.
/// </summary>
/// <param name="keepsTexts">True to find texts by their numbers too.</param>
internal sealed class Utf8Numbers(bool keepsTexts = false)
{
    /// <summary>The most texts that are found by one call.</summary>
    public const int AtOnce = 32;

    /// <summary>No text that is longer is looked for: it is longer than any id.</summary>
    private const int LongestLookedFor = 1024;
    private const int FirstSlots = 1 << 10;

    private readonly Utf8Arena _texts = new();
    private readonly Segments<uint>? _addresses = keepsTexts ? new(width: 1) : null;

    // Each slot holds the upper half of a text's hash and the text's address. 0 stands for an empty slot.
    private volatile ulong[] _slots = new ulong[FirstSlots];

    public int Count { get; private set; }

    /// <summary>Hashes a text for <see cref="Find(ReadOnlySpan{byte}, uint)"/> and <see cref="Add"/>.</summary>
    public static uint Hash(ReadOnlySpan<byte> text) => (uint)(XxHash3.HashToUInt64(text) >> 32);

    /// <summary>Finds the number of a text. −1 where it has none.</summary>
    public int Find(string text)
    {
        if (text.Length > LongestLookedFor)
        {
            return -1;
        }

        Span<byte> bytes = stackalloc byte[LongestLookedFor * 3];
        ReadOnlySpan<byte> utf8 = bytes[..Encoding.UTF8.GetBytes(text, bytes)];
        return Find(utf8, Hash(utf8));
    }

    /// <summary>Finds the numbers of texts, −1 for those that have none, all at about the time that the slowest read of memory takes.</summary>
    /// <param name="texts">The texts, at most <see cref="AtOnce"/>.</param>
    /// <param name="numbers">Receives the number of each text, [texts].</param>
    public void Find(ReadOnlySpan<string> texts, Span<int> numbers)
    {
        Span<uint> hashes = stackalloc uint[AtOnce];
        Span<ulong> slots = stackalloc ulong[AtOnce];
        Span<byte> bytes = stackalloc byte[LongestLookedFor * 3];
        ulong[] all = _slots;
        for (int i = 0; i < texts.Length; i++)
        {
            hashes[i] = texts[i].Length > LongestLookedFor ? 0 : Hash(bytes[..Encoding.UTF8.GetBytes(texts[i], bytes)]);
            slots[i] = Volatile.Read(ref all[(int)hashes[i] & (all.Length - 1)]);
        }

        // A number lies beside its text, which has then been fetched before it is compared.
        for (int i = 0; i < texts.Length; i++)
        {
            numbers[i] = slots[i] != 0 && (uint)(slots[i] >> 32) == hashes[i] ? _texts.Number((uint)slots[i]) : -1;
        }

        for (int i = 0; i < texts.Length; i++)
        {
            bool isLikely = numbers[i] >= 0 && texts[i].Length <= LongestLookedFor;
            numbers[i] = isLikely && _texts.Text((uint)slots[i]).SequenceEqual(bytes[..Encoding.UTF8.GetBytes(texts[i], bytes)]) ? numbers[i] : Find(texts[i]);
        }
    }

    /// <summary>Finds the number of a text. −1 where it has none.</summary>
    public int Find(ReadOnlySpan<byte> text, uint hash)
    {
        ulong[] slots = _slots;
        int mask = slots.Length - 1;
        for (int i = (int)hash & mask; ; i = (i + 1) & mask)
        {
            ulong slot = Volatile.Read(ref slots[i]);
            if (slot == 0)
            {
                return -1;
            }

            if ((uint)(slot >> 32) == hash && _texts.Text((uint)slot).SequenceEqual(text))
            {
                return _texts.Number((uint)slot);
            }
        }
    }

    /// <summary>Gives the next number, <see cref="Count"/>, to a text that has none.</summary>
    /// <returns>The number.</returns>
    public int Add(ReadOnlySpan<byte> text, uint hash)
    {
        ulong[] slots = _slots;

        // At most 7 of 10 slots are taken, so that a search ends soon.
        if ((Count + 1) * 10L > slots.Length * 7L)
        {
            slots = Grown(slots);
            _slots = slots;
        }

        int number = Count;
        uint address = _texts.Add(number, text);
        if (_addresses is not null)
        {
            _addresses.Reserve(number + 1);
            _addresses[number][0] = address;
        }

        Put(slots, ((ulong)hash << 32) | address);
        Count = number + 1;
        return number;
    }

    /// <summary>The text of a number, in UTF-8.</summary>
    /// <exception cref="InvalidOperationException">Texts are not kept by their numbers.</exception>
    public ReadOnlySpan<byte> Text(int number) =>
        _texts.Text((_addresses ?? throw new InvalidOperationException("Texts are not kept by their numbers."))[number][0]);

    private static ulong[] Grown(ulong[] slots)
    {
        ulong[] grown = new ulong[slots.Length * 2];
        foreach (ulong slot in slots)
        {
            if (slot != 0)
            {
                Put(grown, slot);
            }
        }

        return grown;
    }

    private static void Put(ulong[] slots, ulong slot)
    {
        int mask = slots.Length - 1;
        int i = (int)(slot >> 32) & mask;
        while (slots[i] != 0)
        {
            i = (i + 1) & mask;
        }

        // Whoever sees the slot sees everything that was written before it.
        Volatile.Write(ref slots[i], slot);
    }
}
