namespace DinOrleans.Datasets.Shoppers.Visits;

/// <summary>Lets a shopper look at a ranking, click and buy.</summary>
internal static class Looking
{
    /// <param name="candidates">The candidates.</param>
    /// <param name="ranking">The ranking that the shop shows.</param>
    /// <param name="limit">The number of items that were asked for, at most the number of candidates.</param>
    /// <param name="curve">The probability of looking at each position.</param>
    /// <param name="canBuy">True if clicked items may be bought.</param>
    /// <param name="random">Randomness.</param>
    /// <exception cref="ShopCallException">The ranking does not show candidates, each once.</exception>
    public static VisitOutcome Run(
        TrueCandidates candidates, ShownRanking ranking, int limit, ExaminationCurve curve, bool canBuy, ref SeededRandom random)
    {
        int[] shown = candidates.Shown(ranking, limit);
        bool[] looked = new bool[shown.Length];
        bool[] clicked = new bool[shown.Length];
        bool[] bought = new bool[shown.Length];
        double expected = 0;
        for (int k = 0; k < shown.Length; k++)
        {
            looked[k] = random.NextDouble() < curve.Probability(k);
            clicked[k] = looked[k] && candidates.IsClicked(shown[k]);
            expected += curve.Probability(k) * candidates.Probabilities[shown[k]];
        }

        for (int k = 0; k < shown.Length && canBuy; k++)
        {
            bought[k] = clicked[k] && random.NextDouble() < ConversionModel.Probability(candidates.Items[shown[k]]);
        }

        double looks = curve.ExpectedLooks(limit);
        return new()
        {
            Ranking = ranking,
            Shown = Array.ConvertAll(shown, i => candidates.Items[i]),
            Looked = looked,
            Clicked = clicked,
            Bought = bought,
            ExpectedClicks = expected,
            BestClicks = candidates.Probabilities.OrderDescending().Take(limit).Select((p, k) => p * curve.Probability(k)).Sum(),
            RandomClicks = candidates.Probabilities.Average() * looks,
            ExpectedLooks = looks,
        };
    }
}
