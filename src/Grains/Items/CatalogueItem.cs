using DinOrleans.Contracts.Items;
using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;

namespace DinOrleans.Grains.Items;

/// <summary>An item in the memory of this silo, with its embedding rows in the versions that have used it.</summary>
public sealed class CatalogueItem
{
    /// <summary>The active version, its target, and two that experiments score with beside it.</summary>
    private const int Versions = 4;

    private readonly Dictionary<string, string> _features;

    // Replaced whole, so that readers need no lock.
    private volatile EncodedItem[] _encoded = [];

    /// <param name="item">The item.</param>
    /// <param name="isKnown">False if the catalogue does not have the id.</param>
    /// <param name="revision">The revision of the catalogue that wrote it. 0 if the catalogue does not have it.</param>
    public CatalogueItem(Item item, bool isKnown, long revision = 0)
    {
        ItemId = item.ItemId;
        IsKnown = isKnown;
        Revision = revision;
        _features = new Dictionary<string, string>(item.Features, StringComparer.Ordinal) { [FeatureSchema.ItemId] = item.ItemId };
    }

    public string ItemId { get; }

    /// <summary>False if the catalogue does not have the id.</summary>
    public bool IsKnown { get; }

    /// <summary>Changes with every write of this item. Vectors that were made of an older revision are stale.</summary>
    public long Revision { get; }

    /// <summary>Returns the item's embedding rows and scaled numbers in a version.</summary>
    public FeatureRows Rows(LoadedModel model)
    {
        EncodedItem[] encoded = _encoded;
        foreach (EncodedItem one in encoded)
        {
            if (one.Version == model.Version)
            {
                return one.Rows;
            }
        }

        FeatureRows rows = model.Artifact.Items.Encode(_features);
        _encoded = [new(model.Version, rows), .. encoded.Take(Versions - 1)];
        return rows;
    }

    private sealed record EncodedItem(string Version, FeatureRows Rows);
}
