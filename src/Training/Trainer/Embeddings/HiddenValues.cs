using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace DinOrleans.Training.Trainer.Embeddings;

/// <summary>
/// Hides a share of the known values in each training step: wherever one of them occurs in the step, in a history or as a candidate, it has a row of
/// unknown values instead of its own. So those rows are learned from values as positive as any, and a value that comes later is scored
/// as one of which nothing is known yet.
/// </summary>
/// <remarks>
/// Values that occur too rarely for a row of their own train the unknown rows too, but there may be none, and rare values are not new ones: what has
/// been on offer for long and was never chosen is less likely than what came today.
/// </remarks>
internal sealed class HiddenValues
{
    private ulong _limit;
    private ulong _salt;

    /// <summary>Decides what is hidden until the next call.</summary>
    /// <param name="share">Of the known values, 0 to below 1.</param>
    /// <param name="seed">With the step, decides which: a resumed training hides the same.</param>
    /// <param name="step">Over all epochs.</param>
    public void Draw(double share, int seed, long step)
    {
        _limit = (ulong)(share * (1UL << 32));
        _salt = XxHash3.HashToUInt64(MemoryMarshal.AsBytes<long>([step]), seed);
    }

    /// <summary>The row that a value has in the step; in two tables of the same values, hidden in both or in neither.</summary>
    /// <param name="table">The value's table.</param>
    /// <param name="row">Its row in service.</param>
    public int RowOf(TrainableTable table, int row)
    {
        if (_limit == 0 || table.UnknownRows == 0 || row <= table.UnknownRows)
        {
            return row;
        }

        ulong hash = Mix(_salt ^ (uint)row);
        return (uint)hash < _limit ? 1 + (int)((hash >> 32) % (ulong)table.UnknownRows) : row;
    }

    /// <summary>The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).</summary>
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
