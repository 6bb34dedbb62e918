namespace DinOrleans.Datasets;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). A value type whose start is a hash of its seeds, so that each sample of each epoch has
/// random numbers of its own, whatever the order the samples are drawn in; and its sequence is the same in every runtime.
/// </summary>
public struct SeededRandom
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;
    private ulong _state;

    public SeededRandom(int seed, int second = 0, int third = 0)
    {
        _state = Mix(unchecked((uint)seed) + Gamma);
        _state = Mix(_state ^ unchecked((uint)second));
        _state = Mix(_state + Gamma ^ unchecked((uint)third));
    }

    /// <summary>0 to <paramref name="limit"/>, exclusive.</summary>
    public int Next(int limit) => (int)Math.BigMul((ulong)limit, NextBits(), out _);

    /// <summary>0 to 1, exclusive.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal (Box and Muller).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Fisher and Yates.</summary>
    public void Shuffle(Span<int> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    private ulong NextBits() => Mix(_state += Gamma);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
