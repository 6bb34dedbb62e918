namespace DinOrleans.Model.Ranking;

/// <summary>Makes the masks of behaviours that lie one sequence after the other, for training and serving alike.</summary>
public static class SequenceMasks
{
    /// <summary>Fills the masks of one ranking.</summary>
    /// <param name="length">The number of behaviours of all sequences, 0 to H.</param>
    /// <param name="sequenceLengths">[S], the number of behaviours of each other sequence. They come after the main one's.</param>
    /// <param name="main">[H], overwritten.</param>
    /// <param name="others">[H, S], overwritten.</param>
    public static void Fill(int length, ReadOnlySpan<int> sequenceLengths, Span<float> main, Span<float> others)
    {
        int place = length;
        foreach (int own in sequenceLengths)
        {
            place -= own;
        }

        main[..place].Fill(1);
        main[place..].Clear();
        others.Clear();
        for (int s = 0; s < sequenceLengths.Length; s++)
        {
            for (int end = place + sequenceLengths[s]; place < end; place++)
            {
                others[(place * sequenceLengths.Length) + s] = 1;
            }
        }
    }
}
