namespace DinOrleans.Datasets;

/// <summary>
/// Random numbers by SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). The first state is a hash of the seeds, so each sample of each epoch has random numbers
/// of its own, whatever the order in which samples are drawn. The sequence is the same in every runtime.
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

    /// <summary>A whole number from 0 to below <paramref name="limit"/>.</summary>
    public int Next(int limit) => (int)Math.BigMul((ulong)limit, NextBits(), out _);

    /// <summary>A number from 0 to below 1.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number with the standard normal distribution (Box and Muller, 1958).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Shuffles values (Fisher and Yates, 1938).</summary>
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
