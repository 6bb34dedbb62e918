using DinOrleans.Model.Tensors;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of <see cref="ThreeTower"/>.</summary>
public sealed record ThreeTowerOptions : TowerOptions
{
    private const int MaxPositions = 100;

    /// <summary>The units of the hidden layers of the cross tower: 1 to 8 layers of 1 to 4,096 units.</summary>
    public IReadOnlyList<int> CrossUnits { get; init; } = [16];

    /// <summary>How many positions of a ranking training distinguishes, 2 to 100. Later ones count as the last. 0 leaves positions out.</summary>
    public int Positions { get; init; } = 20;

    private protected override void CheckOwn(Problems problems, ScoreLayout layout)
    {
        problems.RequireUnits("crossUnits", CrossUnits);
        problems.Require(Positions is 0 or (>= 2 and <= MaxPositions), $"positions must be 0 or 2 to {MaxPositions}");
        problems.Require(
            layout.ContextWidth + layout.ItemNumbers + Positions > 0,
            "the cross tower needs positions, or context features or numbers of items in the schema: without them, take two-tower");
    }
}

/// <summary>
/// Three towers: the user tower over the mean of the history and the profile, the item tower, and a small cross tower over what belongs to
/// the moment: the context, the item's numbers and, in training, its position in the ranking. The logit is the product of the first two over a
/// temperature, plus that of the third, as with the shallow tower for positions of Zhao et al. (RecSys 2019, section 4.3).
/// </summary>
/// <remarks>
/// <para>Users click more on what is shown first, whatever it is. A position that explains those clicks keeps the other towers from learning
/// them as interest. The first position is the reference, and each later one has weights for what it changes. To rank, every candidate is
/// scored as if it stood first, because the ranking decides the positions. The weights are therefore not in the graph. The paper scores with a
/// missing position instead, which it teaches by dropping the position from a tenth of the training. In that tenth, the other towers learn
/// position as interest.</para>
/// <para>As in <see cref="TwoTower"/>, the user tower cannot have attention. A search by vectors leaves out the cross tower.</para>
/// </remarks>
public sealed class ThreeTower(ScoreLayout layout, ThreeTowerOptions options) : IRankingModel
{
    public const string Name = "three-tower";

    /// <inheritdoc/>
    string IRankingModel.Name => Name;

    /// <inheritdoc/>
    public string OutputBias => Towers.OutputBias;

    /// <inheritdoc/>
    public int PositionCount => options.Positions;

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        var scoring = new Scoring<T>(ops, layout, inputs);
        var towers = new Towers<T>(ops, layout, options);
        T[] histories = [.. scoring.Histories.Select(h => h.Pool(Pooling.Average))];
        T users = towers.Users([new("history", histories[0], layout.ItemWidth), .. scoring.OtherInterests(histories), .. scoring.Profile()]);
        T items = towers.Items(inputs.Candidates, inputs.CandidateBias, () => inputs.CandidateMask);
        return new(ops.Add(towers.Logits(users, items), CrossTower(scoring)));
    }

    /// <returns>[R, N, K]; an axis is 1, or absent, where nothing differs along it.</returns>
    private T CrossTower<T>(Scoring<T> scoring)
    {
        (ITensorOps<T> ops, ScoreInputs<T> inputs) = (scoring.Ops, scoring.Inputs);
        List<Part<T>> parts = [.. scoring.Context()];
        if (layout.ItemNumbers > 0)
        {
            T statistics = ops.Slice(inputs.Candidates, -1, layout.ItemWidth - layout.ItemNumbers, layout.ItemWidth);
            parts.Add(new("statistics", statistics, layout.ItemNumbers));
        }

        IReadOnlyList<int> units = options.CrossUnits;
        T first = ops.Linear("cross/0", parts, units[0]);
        if (inputs.Positions is { } positions)
        {
            first = ops.Add(first, ops.Project("cross/0/position", positions.OneHot, PositionCount - 1, units[0]));
        }

        T Mask() => layout.ItemNumbers > 0 || inputs.Positions is not null ? inputs.CandidateMask : ops.Constant(1);
        T x = ops.Hidden("cross", first, options.Hidden with { Units = units }, Mask);
        return ops.Linear("cross/logit", x, units[^1], layout.TaskCount);
    }
}
