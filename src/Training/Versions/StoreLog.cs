using DinOrleans.Model.Schema;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Items;
using DinOrleans.Storage.Profiles;
using DinOrleans.Training.Samples;

namespace DinOrleans.Training.Versions;

/// <summary>Reads what a running shop has logged, to learn from it.</summary>
public sealed class StoreLog(IItemStore items, IProfileStore profiles, IBehaviourLog behaviours)
{
    /// <summary>Reads everything held now; who was erased is not in it.</summary>
    public Task<TrainingLog> ReadAsync(FeatureSchema schema, CancellationToken cancellationToken) => TrainingLog.LoadAsync(
        schema,
        items.ReadSinceAsync(0, cancellationToken).Select(i => i.Item),
        profiles.ReadAllAsync(cancellationToken),
        behaviours.ReadAllAsync(cancellationToken),
        cancellationToken);
}
