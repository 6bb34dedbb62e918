using DinOrleans.Model.Schema;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Items;
using DinOrleans.Storage.Profiles;
using DinOrleans.Training.Datasets;
using DinOrleans.Training.Samples;

namespace DinOrleans.Training.Versions;

/// <summary>Reads what a running shop has logged, to learn from it.</summary>
public sealed class StoreLog(IItemStore items, IProfileStore profiles, IBehaviourLog behaviours)
{
    /// <summary>Reads everything held now; who was erased is not in it.</summary>
    /// <exception cref="DatasetException">There are no events to learn from.</exception>
    public async Task<TrainingLog> ReadAsync(FeatureSchema schema, CancellationToken cancellationToken)
    {
        var builder = new TrainingLogBuilder(schema);
        await foreach ((_, var item) in items.ReadSinceAsync(0, cancellationToken).ConfigureAwait(false))
        {
            builder.AddItem(item);
        }

        await foreach ((string userId, var profile) in profiles.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            builder.AddUser(userId, profile);
        }

        await foreach (var behaviour in behaviours.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            builder.AddEvent(behaviour);
        }

        return builder.Build();
    }
}
