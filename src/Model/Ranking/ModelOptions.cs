using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of a model, which know their own rules.</summary>
internal interface IModelOptions
{
    /// <summary>Collects every broken rule.</summary>
    /// <param name="problems">Takes the broken rules.</param>
    /// <param name="layout">The widths of the vectors that the model would score.</param>
    void Check(Problems problems, ScoreLayout layout);

    /// <summary>
    /// The complete options, also with those that follow from others. An artifact keeps them, and so means the same when defaults have changed.
    /// </summary>
    object Complete() => this;
}

/// <summary>Rules that options of several models have.</summary>
internal static class OptionRules
{
    /// <summary>The most layers of a network.</summary>
    public const int MaxLayers = 8;

    /// <summary>The most units of a layer.</summary>
    public const int MaxUnits = 4096;

    /// <summary>Requires 1 to 8 layers of 1 to 4,096 units.</summary>
    public static void RequireUnits(this Problems problems, string field, IReadOnlyList<int> units) => problems.Require(
        units.Count is >= 1 and <= MaxLayers && units.All(u => u is >= 1 and <= MaxUnits),
        $"{field} must be 1 to {MaxLayers} layers of 1 to {MaxUnits} units");

    /// <summary>Requires a width of 1 to the largest.</summary>
    public static void RequireWidth(this Problems problems, string field, int width, int largest) =>
        problems.Require(width >= 1 && width <= largest, $"{field} must be 1 to {largest}");

    /// <summary>Requires a rate of 0 to below 1.</summary>
    public static void RequireRate(this Problems problems, string field, float rate) =>
        problems.Require(rate is >= 0 and < 1, $"{field} must be 0 to below 1");
}
