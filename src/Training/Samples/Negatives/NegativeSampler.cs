using DinOrleans.Datasets;
namespace DinOrleans.Training.Samples.Negatives;

/// <summary>Draws negatives: items on which a user is not known to have a positive, uniformly or by popularity.</summary>
internal sealed class NegativeSampler
{
    private const int Tries = 50;

    private readonly DrawnItems _items;
    private readonly UserPositives _positives;
    private readonly int[] _until;
    private readonly double[] _cumulative;

    /// <param name="items">The items to draw from.</param>
    /// <param name="positives">The positives of each user, which are not drawn.</param>
    /// <param name="until">
    /// [users] The index of the first event that is not known when negatives are drawn. An item with a positive only from there on may be drawn.
    /// </param>
    /// <param name="popularity">[items] The weight of each item of the log for popular negatives.</param>
    public NegativeSampler(DrawnItems items, UserPositives positives, int[] until, double[] popularity)
    {
        _items = items;
        _positives = positives;
        _until = until;
        _cumulative = new double[items.Items.Length];
        double sum = 0;
        for (int i = 0; i < _cumulative.Length; i++)
        {
            _cumulative[i] = sum += popularity[items.Items[i]];
        }
    }

    /// <summary>Draws an item that is neither a known positive of the user nor taken.</summary>
    /// <param name="random">The random numbers to draw with.</param>
    /// <param name="user">The index of the user.</param>
    /// <param name="popular">True to draw by popularity, false to draw uniformly.</param>
    /// <param name="taken">The items that the ranking already has.</param>
    /// <returns>The index of the item, or −1 where none is left.</returns>
    public int Draw(ref SeededRandom random, int user, bool popular, ReadOnlySpan<int> taken)
    {
        int[] items = _items.Items;
        for (int i = 0; i < Tries && items.Length > 0; i++)
        {
            int item = items[popular ? Popular(ref random) : random.Next(items.Length)];
            if (IsFree(user, item, taken))
            {
                return item;
            }
        }

        // The user has nearly all items: take the next free item from a random place on, and only then one that no training ranking has.
        int free = NextFree(ref random, items, user, taken);
        return free >= 0 ? free : NextFree(ref random, _items.Others, user, taken);
    }

    private int NextFree(ref SeededRandom random, int[] items, int user, ReadOnlySpan<int> taken)
    {
        int start = items.Length > 0 ? random.Next(items.Length) : 0;
        for (int i = 0; i < items.Length; i++)
        {
            int item = items[(start + i) % items.Length];
            if (IsFree(user, item, taken))
            {
                return item;
            }
        }

        return -1;
    }

    private bool IsFree(int user, int item, ReadOnlySpan<int> taken) => !taken.Contains(item) && !_positives.Has(user, item, _until[user]);

    private int Popular(ref SeededRandom random)
    {
        double total = _cumulative[^1];
        if (total <= 0)
        {
            return random.Next(_cumulative.Length);
        }

        double target = random.NextDouble() * total;
        int low = 0;
        int high = _cumulative.Length - 1;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _cumulative[middle] > target ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
