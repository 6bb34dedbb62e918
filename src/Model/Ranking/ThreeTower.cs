using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of <see cref="ThreeTower"/>.</summary>
public sealed record ThreeTowerOptions : TowerOptions
{
    /// <summary>Units of the hidden layers of the cross tower, 1 to 8 of 1 to 4,096.</summary>
    public IReadOnlyList<int> CrossUnits { get; init; } = [16];

    private protected override void CheckOwn(OptionRules rules, ScoreLayout layout)
    {
        rules.Units("crossUnits", CrossUnits);
        rules.Require(
            layout.ContextWidth + layout.ItemNumbers > 0,
            "the cross tower needs context features or numbers of items in the schema: without them, take two-tower");
    }
}

/// <summary>
/// Three towers: the user's over the mean of the history and the profile, the item's, and a small cross tower over what belongs to the
/// moment: the context (position, device) and the statistics of the item. The score is the product of the first two over a temperature
/// plus the third's logit, which is added as that of the shallow tower for position is (Zhao et al., RecSys 2019, section 4.3).
/// </summary>
/// <remarks>As in <see cref="TwoTower"/>, no attention can live in the user tower. A search by vectors leaves the cross tower out.</remarks>
public sealed class ThreeTower(ScoreLayout layout, ThreeTowerOptions options) : IRankingModel
{
    public const string Name = "three-tower";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        Part<T>[] user =
        [
            new("history", History.Pool(ops, inputs, Pooling.Average), layout.ItemWidth),
            .. Sequences.Parts(layout, Sequences.Pooled(ops, layout, inputs, Pooling.Average)),
            .. TopNetwork.Profile(ops, layout, inputs),
        ];
        T users = Towers.Users(ops, layout.TaskCount, user, options);
        T items = Towers.Items(ops, layout.ItemWidth, inputs.Candidates, inputs.CandidateBias, () => inputs.CandidateMask, options);
        T logits = ops.Add(Towers.Logits(ops, layout.TaskCount, users, items), CrossTower(ops, inputs));
        return new(logits, default, HasAttention: false);
    }

    /// <returns>[R, N, K], or [R, 1, K] where items have no numbers.</returns>
    private T CrossTower<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        List<Part<T>> parts = [.. TopNetwork.Context(ops, layout, inputs)];
        if (layout.ItemNumbers > 0)
        {
            T statistics = ops.Slice(inputs.Candidates, -1, layout.ItemWidth - layout.ItemNumbers, layout.ItemWidth);
            parts.Add(new("statistics", statistics, layout.ItemNumbers));
        }

        T x = Layers.Perceptron(
            ops,
            "cross",
            parts,
            options.CrossUnits,
            options.Activation,
            options.Dropout,
            () => layout.ItemNumbers > 0 ? inputs.CandidateMask : ops.Constant(1));
        return Layers.Linear(ops, "cross/logit", x, options.CrossUnits[^1], layout.TaskCount);
    }
}
