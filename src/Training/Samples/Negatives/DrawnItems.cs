using DinOrleans.Training.Log;
using DinOrleans.Training.Samples.Rankings;

namespace DinOrleans.Training.Samples.Negatives;

/// <summary>The items that negatives are drawn from.</summary>
/// <param name="Items">The indexes of the items.</param>
/// <param name="Others">The indexes of the items that are drawn only for a user who has all of the former.</param>
internal sealed record DrawnItems(int[] Items, int[] Others)
{
    /// <summary>Every item of a log.</summary>
    public static DrawnItems All(TrainingLog log) => new([.. Enumerable.Range(0, log.ItemIds.Count)], []);

    /// <summary>
    /// The items of training rankings, and then the rest of the catalogue. An item that training rankings do not have would be learned as a negative
    /// only. An item that only held-out events name is not known to training and is not drawn.
    /// </summary>
    /// <remarks>The items are in the order of their ids, because indexes follow the order of the file and so depend on held-out events.</remarks>
    /// <param name="log">The log.</param>
    /// <param name="counts">The number of times that the training rankings have each item.</param>
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
