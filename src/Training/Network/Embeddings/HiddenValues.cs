using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace DinOrleans.Training.Network.Embeddings;

/// <summary>
/// Hides a share of the known values in each training step. Wherever a hidden value occurs in the step, in a history or as a candidate, it has an
/// out-of-vocabulary row instead of its own. These rows are thus learned from typical values, and a value that comes later is scored as one about
/// which nothing is known yet.
/// </summary>
/// <remarks>
/// Values that occur too rarely for a row of their own train these rows too, but there may be none. Rare values also differ from new ones: an item that
/// has been on offer for long and was never chosen is less likely to be chosen than one that came today.
/// </remarks>
internal sealed class HiddenValues
{
    private ulong _limit;
    private ulong _salt;

    /// <summary>Decides what is hidden until the next call.</summary>
    /// <param name="share">The share of the known values, 0 to below 1.</param>
    /// <param name="seed">Decides together with the step which values are hidden, so that a resumed training hides the same.</param>
    /// <param name="step">The number of the step over all epochs.</param>
    public void Draw(double share, int seed, long step)
    {
        _limit = (ulong)(share * (1UL << 32));
        _salt = XxHash3.HashToUInt64(MemoryMarshal.AsBytes<long>([step]), seed);
    }

    /// <summary>The row that a value has in the step. In two tables of the same values, it is hidden in both or in neither.</summary>
    /// <param name="table">The table of the value.</param>
    /// <param name="row">The row of the value in serving.</param>
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
