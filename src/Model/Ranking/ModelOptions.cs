namespace DinOrleans.Model.Ranking;

/// <summary>Options of a model that say themselves what is wrong with them.</summary>
internal interface IModelOptions
{
    /// <summary>Collects every broken rule.</summary>
    /// <param name="rules">Where to.</param>
    /// <param name="layout">The inputs that the model would score.</param>
    void Check(OptionRules rules, ScoreLayout layout);

    /// <summary>
    /// The complete options, also with those that follow from others. An artifact keeps them, and so means the same when defaults have changed.
    /// </summary>
    object Complete() => this;
}

/// <summary>Collects the rules that options break, by the names of their JSON fields.</summary>
internal sealed class OptionRules
{
    /// <summary>Of a network.</summary>
    public const int MaxLayers = 8;

    /// <summary>Of a layer.</summary>
    public const int MaxUnits = 4096;

    private readonly List<string> _broken = [];

    /// <summary>For example "dropout must be 0 to below 1".</summary>
    public IReadOnlyList<string> Broken => _broken;

    public void Require(bool holds, string rule)
    {
        if (!holds)
        {
            _broken.Add(rule);
        }
    }

    /// <summary>1 to 8 layers of 1 to 4,096 units.</summary>
    public void Units(string field, IReadOnlyList<int> units) => Require(
        units.Count is >= 1 and <= MaxLayers && units.All(u => u is >= 1 and <= MaxUnits),
        $"{field} must be 1 to {MaxLayers} layers of 1 to {MaxUnits} units");

    /// <summary>1 to a largest width.</summary>
    public void Width(string field, int width, int largest) => Require(width >= 1 && width <= largest, $"{field} must be 1 to {largest}");

    /// <summary>0 to below 1.</summary>
    public void Dropout(string field, float rate) => Require(rate is >= 0 and < 1, $"{field} must be 0 to below 1");
}
