using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>What two towers learn from.</summary>
public enum TowerLoss
{
    /// <summary>Each labelled candidate by itself. The scores are probabilities.</summary>
    Logistic,

    /// <summary>
    /// Each positive against the other positives of its batch, corrected for their popularity. Other candidates teach nothing, and scores
    /// order items but are not probabilities.
    /// </summary>
    InBatch,
}

/// <summary>Options of <see cref="TwoTower"/>.</summary>
public sealed record TwoTowerOptions : TowerOptions
{
    /// <summary>What the towers learn from.</summary>
    public TowerLoss Loss { get; init; } = TowerLoss.Logistic;
}

/// <summary>
/// Two towers: an MLP over the mean of the history, the profile and the context, another over the candidate, and the product of their
/// vectors over a temperature (Yi et al., RecSys 2019).
/// </summary>
/// <remarks>
/// The item tower sees no user and the user tower sees no item, so that item vectors can be made in advance and searched. For that reason,
/// the user tower cannot have attention: attention weighs behaviours by the candidate, which the user tower does not see. It takes their mean.
/// </remarks>
public sealed class TwoTower(ScoreLayout layout, TwoTowerOptions options) : IVectorModel
{
    public const string Name = "two-tower";

    /// <inheritdoc/>
    string IRankingModel.Name => Name;

    /// <inheritdoc/>
    public string OutputBias => Towers.OutputBias;

    /// <summary>The options.</summary>
    public TwoTowerOptions Options { get; } = options;

    /// <inheritdoc/>
    public bool LearnsInBatch => Options.Loss == TowerLoss.InBatch;

    /// <inheritdoc/>
    public int VectorWidth => Towers.Width(Options);

    /// <inheritdoc/>
    public ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        T users = UserVectors(ops, inputs);
        T items = ItemVectors(ops, inputs.Candidates, inputs.CandidateBias, () => inputs.CandidateMask);
        return new(new Towers<T>(ops, layout, Options).Logits(users, items));
    }

    /// <inheritdoc/>
    public T UserVectors<T>(ITensorOps<T> ops, ScoreInputs<T> inputs)
    {
        var scoring = new Scoring<T>(ops, layout, inputs);
        T[] histories = [.. scoring.Histories.Select(h => h.Pool(Pooling.Average))];
        return new Towers<T>(ops, layout, Options).Users(
        [
            new("history", histories[0], layout.ItemWidth),
            .. scoring.OtherInterests(histories),
            .. scoring.Profile(),
            .. scoring.Context(),
        ]);
    }

    /// <inheritdoc/>
    public T ItemVectors<T>(ITensorOps<T> ops, T candidates, T candidateBias, Func<T> candidateMask) =>
        new Towers<T>(ops, layout, Options).Items(candidates, candidateBias, candidateMask);
}
