namespace DinOrleans.Model.Ranking;

/// <summary>The masks of behaviours that lie one sequence after the other: the same where models are trained and where they serve.</summary>
public static class SequenceMasks
{
    /// <summary>Fills the masks of one ranking.</summary>
    /// <param name="length">Its behaviours of all sequences, 0 to H.</param>
    /// <param name="sequenceLengths">[S] those of each sequence beside the main one, which come after the main one's.</param>
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
