namespace DinOrleans.Training.Samples;

/// <summary>Draws items that a user has no positive on: uniformly, or as often as they are a positive of anyone.</summary>
internal sealed class NegativeSampler
{
    /// <summary>A user with a positive on nearly all items: give up rather than search for long.</summary>
    private const int Tries = 64;

    private readonly int _items;
    private readonly int[] _positives;
    private readonly int[][] _ofUser;

    public NegativeSampler(TrainingLog log, EventKinds kinds)
    {
        _items = log.ItemIds.Count;
        EventTable events = log.Events;
        List<int> positives = [];
        _ofUser = new int[log.UserIds.Count][];
        for (int user = 0; user < _ofUser.Length; user++)
        {
            int first = positives.Count;
            for (int e = events.UserStart[user]; e < events.UserStart[user + 1]; e++)
            {
                if (kinds.IsPositive(events.Type[e]))
                {
                    positives.Add(events.Item[e]);
                }
            }

            _ofUser[user] = [.. System.Runtime.InteropServices.CollectionsMarshal.AsSpan(positives)[first..].ToArray().Distinct().Order()];
        }

        _positives = [.. positives];
    }

    /// <returns>An item, or −1 where none was found.</returns>
    public int Uniform(int user, Random random) => Draw(user, random, r => r.Next(_items));

    /// <inheritdoc cref="Uniform"/>
    public int ByPopularity(int user, Random random) => Draw(user, random, r => _positives[r.Next(_positives.Length)]);

    private int Draw(int user, Random random, Func<Random, int> draw)
    {
        for (int i = 0; i < Tries; i++)
        {
            int item = draw(random);
            if (Array.BinarySearch(_ofUser[user], item) < 0)
            {
                return item;
            }
        }

        return -1;
    }
}
