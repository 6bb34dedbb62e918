using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>Options of <see cref="TwoTower"/>.</summary>
public sealed record TwoTowerOptions : TowerOptions;

/// <summary>
/// Two towers: an MLP over the mean of the history, the profile and the context, another over the candidate, and the product of their
/// vectors over a temperature (Yi et al., RecSys 2019).
/// </summary>
/// <remarks>
/// The item tower sees no user and the user tower no item, so that item vectors can be made beforehand and searched. Attention cannot
/// live in the user tower for that reason: it weighs behaviours by the candidate, and there is none yet. The mean is what fits.
/// </remarks>
public sealed class TwoTower(ScoreLayout layout, TwoTowerOptions options) : IRankingModel
{
    public const string Name = "two-tower";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        Part<T>[] user =
        [
            new("history", History.Pool(ops, inputs, Pooling.Average), layout.ItemWidth),
            .. TopNetwork.Profile(ops, layout, inputs),
            .. TopNetwork.Context(ops, layout, inputs),
        ];
        return new(Towers.Logits(ops, layout, inputs, user, options), default, HasAttention: false);
    }
}
