using DinOrleans.Contracts.Validation;
using DinOrleans.Model.Schema;

namespace DinOrleans.Training.Log;

/// <summary>The values of a numeric feature that count as missing because they break the rule of numbers.</summary>
/// <param name="Source">The owner of the feature: items, users or contexts.</param>
/// <param name="Feature">The feature's name.</param>
/// <param name="Count">The number of such values, at least 1.</param>
/// <param name="Example">The first such value.</param>
public sealed record UnreadableNumbers(FeatureSource Source, string Feature, int Count, string Example)
{
    private const int ExampleLength = 40;

    /// <inheritdoc/>
    public override string ToString()
    {
        string example = Example.Length <= ExampleLength ? Example : Example[..ExampleLength] + "…";
        return $"{Source} feature {Feature}: {Count:N0} stored values count as missing, for example \"{example}\": it {InputRules.Number}";
    }
}
