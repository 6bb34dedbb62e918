namespace DinOrleans.Datasets.SampleShop;

/// <summary>The candidates that a shop has ranked for a shopper: half by what it guesses of their interests, 30 % popular ones, 20 % any.</summary>
internal static class CandidateDraw
{
    private const double OfInterest = 0.5;
    private const double Popular = 0.3;

    /// <summary>Draws different items.</summary>
    /// <param name="candidates">Is emptied and then holds indexes of <see cref="ShopCatalogue.Items"/> in the order drawn.</param>
    /// <param name="count">How many candidates to draw, 1 to a quarter of the items.</param>
    /// <param name="shopper">The shopper.</param>
    /// <param name="catalogue">The items.</param>
    /// <param name="day">The day, which decides on seasons and on the items that there are.</param>
    /// <param name="random">Randomness.</param>
    public static void Draw(List<int> candidates, int count, Shopper shopper, ShopCatalogue catalogue, double day, ref SeededRandom random)
    {
        candidates.Clear();
        var drawn = new HashSet<int>(count);
        while (candidates.Count < count)
        {
            double kind = random.NextDouble();
            int item = kind < OfInterest ? shopper.Guess(ref random, day)
                : kind < OfInterest + Popular ? catalogue.DrawPopular(ref random, day)
                : catalogue.DrawUniform(ref random, day);
            if (drawn.Add(item))
            {
                candidates.Add(item);
            }
        }
    }
}
