using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace DinOrleans.Datasets;

/// <summary>
/// Finds duplicate keys. It keeps a hash of 128 bits per key, so ten million event ids take a few hundred megabytes. The probability that two of n
/// keys collide by chance is n²/2¹²⁹.
/// </summary>
internal sealed class UniqueKeys
{
    private readonly HashSet<UInt128> _seen = [];
    private readonly XxHash128 _hash = new();

    /// <returns>False if the key was added before.</returns>
    public bool Add(string key) => _seen.Add(XxHash128.HashToUInt128(MemoryMarshal.AsBytes(key.AsSpan())));

    /// <summary>Adds a key of two parts.</summary>
    /// <returns>False if the key was added before.</returns>
    public bool Add(string first, string second)
    {
        int length = first.Length;
        _hash.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in length)));
        _hash.Append(MemoryMarshal.AsBytes(first.AsSpan()));
        _hash.Append(MemoryMarshal.AsBytes(second.AsSpan()));
        UInt128 key = _hash.GetCurrentHashAsUInt128();
        _hash.Reset();
        return _seen.Add(key);
    }
}
