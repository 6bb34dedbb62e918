using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;

namespace DinOrleans.Grains.Experiments;

/// <summary>
/// An estimate of how many different users were counted, to about 2 %, that merges over silos and times: HyperLogLog with 2,048 registers
/// (Flajolet et al., 2007) and linear counting while few registers are set.
/// </summary>
[GenerateSerializer, Alias("DinOrleans.DistinctUsers")]
public sealed class DistinctUsers
{
    private const int Bits = 11;
    private const int Registers = 1 << Bits;
    private const double Alpha = 0.7213 / (1 + (1.079 / Registers));

    /// <summary>[2048] the largest rank seen in each register.</summary>
    [Id(0)]
    public byte[] Ranks { get; set; } = new byte[Registers];

    /// <summary>Counts a user.</summary>
    public void Add(string userId)
    {
        ulong hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(userId.AsSpan()));
        int register = (int)(hash >> (64 - Bits));
        byte rank = (byte)Math.Min(BitOperations.LeadingZeroCount(hash << Bits) + 1, 64 - Bits + 1);
        Ranks[register] = Math.Max(Ranks[register], rank);
    }

    /// <summary>Adds the users of another count.</summary>
    public void Add(DistinctUsers other)
    {
        for (int i = 0; i < Registers; i++)
        {
            Ranks[i] = Math.Max(Ranks[i], other.Ranks[i]);
        }
    }

    /// <summary>The estimate.</summary>
    public long Count()
    {
        double sum = 0;
        int empty = 0;
        foreach (byte rank in Ranks)
        {
            sum += Math.Pow(2, -rank);
            empty += rank == 0 ? 1 : 0;
        }

        double estimate = Alpha * Registers * Registers / sum;
        return (long)Math.Round(estimate <= 2.5 * Registers && empty > 0 ? Registers * Math.Log(Registers / (double)empty) : estimate);
    }
}
