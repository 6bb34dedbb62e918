using DinOrleans.Model.Schema;
using DinOrleans.Training.Datasets;

namespace DinOrleans.Training.Samples;

/// <summary>All that a shop's log says, in columns: the input of samples.</summary>
public sealed record TrainingLog
{
    public required FeatureSchema Schema { get; init; }

    /// <summary>Id of each item; those that only events name come last, without features.</summary>
    public required IReadOnlyList<string> ItemIds { get; init; }

    public required IReadOnlyList<string> UserIds { get; init; }

    /// <summary>The code of <c>item_id</c> is the item's own index.</summary>
    public required EntityTable Items { get; init; }

    public required EntityTable Users { get; init; }

    /// <summary>One row an event.</summary>
    public required EntityTable Contexts { get; init; }

    public required EventTable Events { get; init; }

    /// <summary>Digest of the events, to tell whether two versions learned from the same data.</summary>
    public required string Digest { get; init; }

    /// <summary>Time of the first and of the last event.</summary>
    public required (DateTimeOffset From, DateTimeOffset To) Window { get; init; }

    /// <summary>Reads a dataset.</summary>
    /// <exception cref="DatasetException">A row breaks a rule, or there are no events.</exception>
    public static TrainingLog Load(DatasetFolder dataset)
    {
        var builder = new TrainingLogBuilder(dataset.Schema);
        foreach (var item in dataset.ReadItems())
        {
            builder.AddItem(item);
        }

        foreach (var user in dataset.ReadUsers())
        {
            builder.AddUser(user.Key, user.Value);
        }

        foreach (var one in dataset.ReadEvents())
        {
            builder.AddEvent(one);
        }

        return builder.Build();
    }
}
