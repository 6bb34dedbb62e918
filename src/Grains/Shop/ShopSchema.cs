using DinOrleans.Contracts.Schema;
using DinOrleans.Model.Schema;
using Microsoft.Extensions.Options;

namespace DinOrleans.Grains.Shop;

/// <summary>The feature schema of the shop, read once, and the part of it that callers see.</summary>
public sealed class ShopSchema
{
    public ShopSchema(IOptions<ShopOptions> options)
        : this(FeatureSchema.Load(options.Value.SchemaFile))
    {
    }

    public ShopSchema(FeatureSchema features)
    {
        Features = features;
        Input = new InputSchema
        {
            EventTypes = features.EventTypes,
            ItemFeatures = Inputs(features.ItemFeatures.Where(f => f.Name != FeatureSchema.ItemId), FeatureSource.Item),
            UserFeatures = Inputs(features.UserFeatures, FeatureSource.User),
            ContextFeatures = Inputs(features.ContextFeatures, FeatureSource.Context),
        };
    }

    public FeatureSchema Features { get; }

    /// <summary>The names that requests may use.</summary>
    public InputSchema Input { get; }

    /// <summary>Checks that a model version which was trained on another schema can serve this shop.</summary>
    /// <returns>The reason why it cannot. Null where it can.</returns>
    /// <param name="model">The schema of the version's manifest.</param>
    public string? Check(FeatureSchema model)
    {
        if (model.Behaviours.MaxLength > Features.Behaviours.MaxLength)
        {
            return $"schema: behaviours.maxLength {model.Behaviours.MaxLength} is over the shop's {Features.Behaviours.MaxLength}";
        }

        // The users' grains keep the shop's sequences, so those of a version must be the same ones in the same order. A version may have none.
        foreach ((int i, NamedSequence sequence) in (model.Sequences ?? []).Index())
        {
            if (Features.Sequences?.ElementAtOrDefault(i) is not { } own
                || own.Name != sequence.Name || !own.Events.ToHashSet().SetEquals(sequence.Events) || sequence.Length > own.Length)
            {
                return $"schema: sequences[{i}], \"{sequence.Name}\", must be the shop's in name and events, and no longer";
            }
        }

        return Missing("behaviours.events", model.Behaviours.Events, Features.Behaviours.Events)
            ?? Missing("behaviours.events", Features.Behaviours.Events, model.Behaviours.Events)
            ?? Missing("itemFeatures", Names(model, FeatureSource.Item), Names(Features, FeatureSource.Item))
            ?? Missing("userFeatures", Names(model, FeatureSource.User), Names(Features, FeatureSource.User))
            ?? Missing("contextFeatures", Names(model, FeatureSource.Context), Names(Features, FeatureSource.Context))
            ?? Missing("tasks", model.Tasks.Select(t => t.Name), Features.Tasks.Select(t => t.Name));
    }

    private static string? Missing(string field, IEnumerable<string> wanted, IEnumerable<string> known)
    {
        string[] missing = [.. wanted.Except(known)];
        return missing.Length == 0 ? null : $"schema: {field} of the version and of the shop differ in \"{string.Join("\", \"", missing)}\"";
    }

    private static IEnumerable<string> Names(FeatureSchema schema, FeatureSource source) =>
        schema.Categorical(source).Select(f => f.Name).Concat(schema.Numeric(source).Select(f => f.Name));

    private InputFeature[] Inputs(IEnumerable<CategoricalFeature> categorical, FeatureSource source) =>
    [
        .. categorical.Select(f => new InputFeature(f.Name, Numeric: false)),
        .. Features.Numeric(source).Select(f => new InputFeature(f.Name, Numeric: true)),
    ];
}
