using DinOrleans.Datasets.SampleShop;

namespace DinOrleans.Datasets.Shoppers.Visits;

/// <summary>
/// The candidates of a visit with their true click probabilities, and with the chance that decides whether each is clicked once it is looked at. That chance
/// belongs to the item and not to its position: the same visit clicks the same items in whichever order they are shown, if it looks at them.
/// </summary>
internal sealed class TrueCandidates
{
    private readonly double[] _chances;
    private readonly Dictionary<string, int> _indexes;

    /// <param name="items">The candidates, each once.</param>
    /// <param name="probabilities">The true click probability of each candidate, 0..1.</param>
    /// <param name="random">Randomness.</param>
    public TrueCandidates(ShopItem[] items, double[] probabilities, ref SeededRandom random)
    {
        Items = items;
        Probabilities = probabilities;
        _chances = new double[items.Length];
        _indexes = new Dictionary<string, int>(items.Length, StringComparer.Ordinal);
        for (int i = 0; i < items.Length; i++)
        {
            _chances[i] = random.NextDouble();
            _indexes.Add(items[i].Id, i);
        }
    }

    public ShopItem[] Items { get; }

    /// <summary>The true click probability of each candidate, 0..1.</summary>
    public double[] Probabilities { get; }

    /// <summary>True if the shopper clicks the candidate once they look at it.</summary>
    public bool IsClicked(int candidate) => _chances[candidate] < Probabilities[candidate];

    /// <summary>Finds the candidates that a ranking shows.</summary>
    /// <returns>The index of the candidate at each position.</returns>
    /// <exception cref="ShopCallException">The ranking has no id, shows what is not a candidate or something twice, or more than it was asked for.</exception>
    public int[] Shown(ShownRanking ranking, int limit)
    {
        if (ranking.RankingId.Length == 0)
        {
            throw new ShopCallException("answer", "The answer has no rankingId.");
        }

        if (ranking.Items.Count == 0 || ranking.Items.Count > limit)
        {
            throw new ShopCallException("answer", $"The answer has {ranking.Items.Count} items, but must have 1 to {limit}.");
        }

        int[] shown = new int[ranking.Items.Count];
        var seen = new HashSet<int>(shown.Length);
        for (int k = 0; k < shown.Length; k++)
        {
            if (!_indexes.TryGetValue(ranking.Items[k], out shown[k]))
            {
                throw new ShopCallException("answer", $"The answer shows item \"{ranking.Items[k]}\", which is not a candidate.");
            }

            if (!seen.Add(shown[k]))
            {
                throw new ShopCallException("answer", $"The answer shows item \"{ranking.Items[k]}\" more than once.");
            }
        }

        return shown;
    }
}
