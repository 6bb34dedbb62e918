using DinOrleans.Training.Trainer.Batches;

namespace DinOrleans.Training.Trainer.Embeddings;

/// <summary>The embedding tables of a shop and the rows of its entities in them.</summary>
public sealed class RankingEmbeddings
{
    /// <summary>The tables of item features, in schema order.</summary>
    public required IReadOnlyList<TrainableTable> ItemTables { get; init; }

    /// <summary>[rows of <c>item_id</c>, 1], looked up by the row of <c>item_id</c>.</summary>
    public required TrainableTable ItemBias { get; init; }

    /// <summary>Position of <c>item_id</c> among the item features.</summary>
    public required int ItemIdFeature { get; init; }

    /// <summary>The tables of profile features, in schema order.</summary>
    public IReadOnlyList<TrainableTable> UserTables { get; init; } = [];

    /// <summary>The tables of context features, in schema order.</summary>
    public IReadOnlyList<TrainableTable> ContextTables { get; init; } = [];

    public required EntityRows Items { get; init; }

    public EntityRows Users { get; init; } = EntityRows.None;

    public EntityRows Contexts { get; init; } = EntityRows.None;

    /// <summary>Every table, the item bias last.</summary>
    public IEnumerable<TrainableTable> Tables => [.. ItemTables, .. UserTables, .. ContextTables, ItemBias];
}
