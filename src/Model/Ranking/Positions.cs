namespace DinOrleans.Model.Ranking;

/// <summary>The positions of candidates when they were shown, in the form that training gives a model.</summary>
/// <remarks>
/// The first position is the reference: it has no column, and neither has a candidate that was not shown. A model that scores without
/// positions therefore scores every candidate as if it stood first.
/// </remarks>
public static class Positions
{
    /// <summary>Marks the position of each candidate.</summary>
    /// <param name="positions">[candidates], from 0; −1 for none.</param>
    /// <param name="count">The number of positions, at least 2. Later ones count as the last.</param>
    /// <param name="oneHot">[candidates, count − 1], overwritten: 1 in column position − 1, else 0.</param>
    public static void Fill(ReadOnlySpan<int> positions, int count, Span<float> oneHot)
    {
        oneHot.Clear();
        for (int i = 0; i < positions.Length; i++)
        {
            if (positions[i] > 0)
            {
                oneHot[(i * (count - 1)) + Math.Min(positions[i], count - 1) - 1] = 1;
            }
        }
    }
}
