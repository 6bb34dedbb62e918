namespace DinOrleans.Training.Samples;

/// <summary>Draws items that are no positive of the user anywhere in the log, uniformly or by popularity.</summary>
internal sealed class NegativeSampler
{
    private const int Tries = 50;

    private readonly int _items;
    private readonly double[] _cumulative;
    private readonly int[] _positiveStart;
    private readonly int[] _positives;

    /// <param name="log">The log.</param>
    /// <param name="roles">What its event types mean.</param>
    /// <param name="popularity">Weight of each item for popular negatives.</param>
    public NegativeSampler(TrainingLog log, EventRoles roles, double[] popularity)
    {
        _items = log.ItemIds.Count;
        _cumulative = Cumulative(popularity);
        _positiveStart = new int[log.UserIds.Count + 1];
        var positives = new Growing<int>();
        var own = new HashSet<int>();
        for (int user = 0; user < log.UserIds.Count; user++)
        {
            own.Clear();
            for (int e = log.Events.UserStart[user]; e < log.Events.UserStart[user + 1]; e++)
            {
                if (roles.Tasks(log.Events.Type[e]) != 0)
                {
                    own.Add(log.Events.Item[e]);
                }
            }

            foreach (int item in own.Order())
            {
                positives.Add(item);
            }

            _positiveStart[user + 1] = positives.Count;
        }

        _positives = positives.ToArray();
    }

    private NegativeSampler(NegativeSampler other, double[] popularity)
    {
        _items = other._items;
        _cumulative = Cumulative(popularity);
        _positiveStart = other._positiveStart;
        _positives = other._positives;
    }

    /// <summary>The same users, with other weights of the items.</summary>
    public NegativeSampler With(double[] popularity) => new(this, popularity);

    /// <summary>Draws an item that is neither a positive of the user nor taken.</summary>
    /// <returns>−1 where there is none left.</returns>
    public int Draw(ref SeededRandom random, int user, bool popular, ReadOnlySpan<int> taken)
    {
        ReadOnlySpan<int> own = _positives.AsSpan(_positiveStart[user].._positiveStart[user + 1]);
        for (int i = 0; i < Tries; i++)
        {
            int item = popular ? Popular(ref random) : random.Next(_items);
            if (own.BinarySearch(item) < 0 && !taken.Contains(item))
            {
                return item;
            }
        }

        // A user of nearly everything: the next free item from a random place on.
        int start = random.Next(_items);
        for (int i = 0; i < _items; i++)
        {
            int item = (start + i) % _items;
            if (own.BinarySearch(item) < 0 && !taken.Contains(item))
            {
                return item;
            }
        }

        return -1;
    }

    private static double[] Cumulative(double[] weights)
    {
        for (int i = 1; i < weights.Length; i++)
        {
            weights[i] += weights[i - 1];
        }

        return weights;
    }

    private int Popular(ref SeededRandom random)
    {
        double total = _cumulative[^1];
        if (total <= 0)
        {
            return random.Next(_items);
        }

        double target = random.NextDouble() * total;
        int low = 0;
        int high = _items - 1;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _cumulative[middle] > target ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
