using System.Text;
using DinOrleans.Model.Schema;

namespace DinOrleans.Grains.Items.Columns;

/// <summary>
/// The integers that are kept per item: a stamp, the times of its availability, a code per categorical feature and the bits of each number, in the
/// order of the shop's schema.
/// </summary>
internal sealed class ItemLayout
{
    /// <summary>The place of the stamp, which changes with every write of the item and is odd during one.</summary>
    public const int Stamp = 0;

    /// <summary>The place of the first second at which the item is available, counted from 1970, as an unsigned number.</summary>
    public const int From = 1;

    /// <summary>The place of the first second at which the item is available no more. 0 for an item that was removed.</summary>
    public const int Until = 2;

    private const int FirstFeature = 3;

    private readonly string[] _names;
    private readonly byte[][] _utf8;

    public ItemLayout(FeatureSchema schema)
    {
        string[] categorical = [.. schema.ItemFeatures.Select(f => f.Name).Where(n => n != FeatureSchema.ItemId)];
        _names = [.. categorical, .. schema.Numeric(FeatureSource.Item).Select(f => f.Name)];
        _utf8 = [.. _names.Select(Encoding.UTF8.GetBytes)];
        CategoricalEnd = FirstFeature + categorical.Length;
    }

    /// <summary>The number of integers per item.</summary>
    public int Width => FirstFeature + _names.Length;

    /// <summary>The place after that of the last categorical feature. Numbers follow.</summary>
    public int CategoricalEnd { get; }

    /// <summary>The number of categorical features besides the item id.</summary>
    public int CategoricalCount => CategoricalEnd - FirstFeature;

    /// <summary>The name of the feature at the n-th place of a feature.</summary>
    public ReadOnlySpan<byte> Name(int feature) => _utf8[feature];

    /// <summary>The place of the n-th feature.</summary>
    public static int Place(int feature) => FirstFeature + feature;

    /// <summary>The index of the categorical feature at a place.</summary>
    public static int Feature(int place) => place - FirstFeature;

    /// <summary>The number of features besides the item id.</summary>
    public int FeatureCount => _names.Length;

    /// <summary>The place of a feature by its name. −1 where the shop does not have it.</summary>
    public int Place(string name)
    {
        int feature = Array.IndexOf(_names, name);
        return feature < 0 ? -1 : Place(feature);
    }
}
