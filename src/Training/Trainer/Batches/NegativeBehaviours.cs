namespace DinOrleans.Training.Trainer.Batches;

/// <summary>
/// Draws the negatives of an auxiliary loss: in the place of each behaviour an item from the behaviours of the whole batch, so by
/// popularity, as the authors of DIEN draw them from all reviews (Zhou et al., AAAI 2019).
/// </summary>
internal static class NegativeBehaviours
{
    private const int Tries = 20;

    /// <param name="batch">Its behaviours.</param>
    /// <param name="seed">With the step, decides what is drawn: a resumed training draws the same.</param>
    /// <param name="step">Over all epochs.</param>
    /// <returns>
    /// [R × H] items, none of them the behaviour in that place or in the history around it where the batch has another; −1 for padding
    /// and where it has not.
    /// </returns>
    public static int[] Draw(RankingBatch batch, int seed, long step)
    {
        int[] pool = [.. Enumerable.Range(0, batch.Rankings).SelectMany(r => Of(batch, r).ToArray())];
        int[] negatives = new int[batch.Behaviours.Length];
        Array.Fill(negatives, -1);
        var random = new Random(unchecked((seed * 486_187_739) + (int)step));
        var own = new HashSet<int>();
        for (int r = 0; r < batch.Rankings; r++)
        {
            own.Clear();
            own.UnionWith(Of(batch, r));
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

    /// <summary>How many behaviours have a next one in their sequence: what the auxiliary loss is a mean over.</summary>
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

    private static ArraySegment<int> Of(RankingBatch batch, int ranking) =>
        new(batch.Behaviours, ranking * batch.HistoryLength, batch.Lengths[ranking]);
}
