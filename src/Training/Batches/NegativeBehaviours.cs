namespace DinOrleans.Training.Batches;

/// <summary>
/// Draws the negatives of an auxiliary loss: for the place of each behaviour an item of the behaviours of the whole batch, and so by popularity. The
/// authors of DIEN draw them from all reviews (Zhou et al., AAAI 2019).
/// </summary>
internal static class NegativeBehaviours
{
    private const int Tries = 20;

    /// <summary>Draws the negatives of a batch.</summary>
    /// <param name="batch">The batch with the behaviours.</param>
    /// <param name="seed">Decides the draws together with the step, so that a resumed training draws the same.</param>
    /// <param name="step">The number of the step over all epochs.</param>
    /// <returns>
    /// [R × H] An item that is not in the history of its ranking, or −1 for padding and where 20 draws found no such item.
    /// </returns>
    public static int[] Draw(RankingBatch batch, int seed, long step)
    {
        int[] pool = [.. Enumerable.Range(0, batch.Rankings).SelectMany(r => History(batch, r).ToArray())];
        int[] negatives = new int[batch.Behaviours.Length];
        Array.Fill(negatives, -1);
        var random = new Random(unchecked((seed * 486_187_739) + (int)step));
        var own = new HashSet<int>();
        for (int r = 0; r < batch.Rankings; r++)
        {
            own.Clear();
            own.UnionWith(History(batch, r));
            for (int h = 0; h < batch.Lengths[r]; h++)
            {
                for (int i = 0; i < Tries; i++)
                {
                    int item = pool[random.Next(pool.Length)];
                    if (!own.Contains(item))
                    {
                        negatives[(r * batch.HistoryLength) + h] = item;
                        break;
                    }
                }
            }
        }

        return negatives;
    }

    /// <summary>The number of behaviours that have a next one in their sequence. The auxiliary loss is a mean over them.</summary>
    public static int NextCount(RankingBatch batch)
    {
        int sequences = batch.SequenceCount;
        int count = 0;
        for (int r = 0; r < batch.Rankings; r++)
        {
            ReadOnlySpan<int> others = batch.SequenceLengths.AsSpan(r * sequences, sequences);
            int main = batch.Lengths[r];
            foreach (int other in others)
            {
                main -= other;
                count += Math.Max(0, other - 1);
            }

            count += Math.Max(0, main - 1);
        }

        return count;
    }

    private static ArraySegment<int> History(RankingBatch batch, int ranking) =>
        new(batch.Behaviours, ranking * batch.HistoryLength, batch.Lengths[ranking]);
}
