using DinOrleans.Datasets;
namespace DinOrleans.Training.Samples;

/// <summary>Draws items that a user is not known to have a positive on, uniformly or by popularity.</summary>
internal sealed class NegativeSampler
{
    private const int Tries = 50;

    private readonly DrawnItems _items;
    private readonly UserPositives _positives;
    private readonly int[] _until;
    private readonly double[] _cumulative;

    /// <param name="items">What is drawn from.</param>
    /// <param name="positives">What is not drawn for a user.</param>
    /// <param name="until">
    /// [users] index of the first event that is not known yet: a positive from there on may be drawn, as whoever draws cannot know of it.
    /// </param>
    /// <param name="popularity">Weight of each item of the log for popular negatives.</param>
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
    /// <returns>−1 where there is none left.</returns>
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

        // A user of nearly everything: the next free item from a random place on, at last one that nobody has learned from.
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

/// <summary>The items that negatives are drawn from.</summary>
/// <param name="Items">Their indexes.</param>
/// <param name="Others">Those that are drawn for a user who has all of the former.</param>
internal sealed record DrawnItems(int[] Items, int[] Others)
{
    /// <summary>Every item of a log.</summary>
    public static DrawnItems All(TrainingLog log) => new([.. Enumerable.Range(0, log.ItemIds.Count)], []);

    /// <summary>
    /// The items of training rankings, and the rest of the catalogue. An item that training rankings do not have would only ever be learned as a
    /// negative, and one that is known from held-out events alone is not known to training.
    /// </summary>
    /// <remarks>In the order of their ids: indexes follow the order of the file, held-out events among it.</remarks>
    /// <param name="log">The log.</param>
    /// <param name="counts">What its training rankings have.</param>
    public static DrawnItems OfTraining(TrainingLog log, TrainingCounts counts)
    {
        int[] all = [.. Enumerable.Range(0, log.ItemIds.Count)];
        return new(
            ById(log, Array.FindAll(all, item => counts.Items[item] > 0)),
            ById(log, Array.FindAll(all, item => counts.Items[item] == 0 && log.InCatalogue[item])));
    }

    private static int[] ById(TrainingLog log, int[] items)
    {
        Array.Sort(Array.ConvertAll(items, item => log.ItemIds[item]), items, StringComparer.Ordinal);
        return items;
    }
}
