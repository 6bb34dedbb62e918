using System.Numerics.Tensors;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Validation;
using DinOrleans.Grains.Models;
using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using Orleans.Concurrency;

namespace DinOrleans.Grains.Search;

/// <inheritdoc cref="ISimilarItemsGrain"/>
/// <remarks>Every embedding is compared: with a million items of 16 floats that is some ten milliseconds, on the one thread of one search at a time.</remarks>
[StatelessWorker(1)]
public sealed class SimilarItemsGrain(ModelHost models) : Grain, ISimilarItemsGrain
{
    private static readonly string Key = FeatureKeys.Create(FeatureSource.Item, FeatureSchema.ItemId);

    /// <inheritdoc/>
    public async Task<SimilarItems?> FindAsync(string itemId, int limit, CancellationToken cancellationToken)
    {
        Violations violations = SearchRules.CheckLimit(limit);
        if (InputRules.CheckId(itemId) is { } rule)
        {
            violations.Add("itemId", rule);
        }

        violations.ThrowIfAny();
        using ModelLease? lease = models.LeaseActive();
        return lease is null || !lease.Model.Artifact.Vocabularies[Key].Knows(itemId)
            ? null
            : await Task.Run(() => Find(lease.Model, itemId, limit, cancellationToken), cancellationToken);
    }

    private static SimilarItems Find(LoadedModel model, string itemId, int limit, CancellationToken cancellationToken)
    {
        Vocabulary ids = model.Artifact.Vocabularies[Key];
        EmbeddingTable table = model.Artifact.Items.Tables[Place(model)];
        int own = ids.Row(itemId);
        float[] wanted = new float[table.Dimension];
        float[] other = new float[table.Dimension];
        table.Read(own, wanted);
        float norm = TensorPrimitives.Norm<float>(wanted);
        PriorityQueue<int, float> best = new(limit + 1);
        for (int i = 0; i < ids.Values.Count; i++)
        {
            if ((i & 0xFFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            int row = ids.FirstKnownRow + i;
            table.Read(row, other);
            float norms = norm * TensorPrimitives.Norm<float>(other);
            if (row == own || norms == 0)
            {
                continue;
            }

            float similarity = TensorPrimitives.Dot<float>(wanted, other) / norms;
            if (best.Count < limit)
            {
                best.Enqueue(i, similarity);
            }
            else
            {
                best.EnqueueDequeue(i, similarity);
            }
        }

        SimilarItem[] items = new SimilarItem[best.Count];
        for (int i = items.Length - 1; best.TryDequeue(out int index, out float similarity); i--)
        {
            items[i] = new(ids.Values[index], similarity);
        }

        return new(model.Version, items);
    }

    /// <summary>The place of the item id among the features of items.</summary>
    private static int Place(LoadedModel model) =>
        model.Artifact.Manifest.Schema.ItemFeatures.Index().First(f => f.Item.Name == FeatureSchema.ItemId).Index;
}
