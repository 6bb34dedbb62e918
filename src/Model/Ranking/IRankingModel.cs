using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>The score half of a model: vectors in, one logit a candidate and task out.</summary>
public interface IRankingModel
{
    /// <summary>The name by which the model is chosen, for example "din".</summary>
    string Name { get; }

    /// <summary>
    /// The name of the parameter, [K], that is added to every logit of a task: where training starts them at the rate of the labels.
    /// </summary>
    string OutputBias { get; }

    /// <summary>Whether training needs <see cref="ScoreInputs{T}.Auxiliary"/>.</summary>
    bool HasAuxiliaryLoss => false;

    /// <summary>
    /// Whether training sets each positive against the other positives of its batch rather than against labelled candidates. Such a
    /// model scores the same candidates, [1, N, d], for every ranking as it does each ranking's own.
    /// </summary>
    bool LearnsInBatch => false;

    /// <summary>How many positions of a ranking training tells apart, at least 2, for <see cref="ScoreInputs{T}.Positions"/>; 0 where it needs none.</summary>
    int PositionCount => 0;

    /// <summary>Builds the computation on a backend.</summary>
    ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs);
}

/// <summary>A model whose logit is ⟨user, item⟩ plus a constant of the task, so that item vectors can be made beforehand and searched.</summary>
public interface IVectorModel : IRankingModel
{
    /// <summary>w, of a vector.</summary>
    int VectorWidth { get; }

    /// <summary>The vectors of users, the temperature in them.</summary>
    /// <returns>[R, K, w].</returns>
    T UserVectors<T>(ITensorOps<T> ops, ScoreInputs<T> inputs);

    /// <summary>The vectors of items, with the item bias where the model has one.</summary>
    /// <param name="ops">The backend.</param>
    /// <param name="candidates">[R, N, d].</param>
    /// <param name="candidateBias">[R, N, 1].</param>
    /// <param name="candidateMask">Makes [R, N], 1 for a candidate; called in training only.</param>
    /// <returns>[R, N, w].</returns>
    T ItemVectors<T>(ITensorOps<T> ops, T candidates, T candidateBias, Func<T> candidateMask);
}

/// <summary>R rankings of N candidates against H behaviours.</summary>
/// <param name="Behaviours">[R, H, d].</param>
/// <param name="Mask">[R, H], 1 for a behaviour of the main sequence, 0 for padding and the behaviours of other sequences.</param>
/// <param name="Candidates">[R, N, d].</param>
/// <param name="CandidateMask">[R, N], 1 for a candidate, 0 for padding; statistics in training only, not there in serving.</param>
/// <param name="CandidateBias">[R, N, 1].</param>
/// <param name="Profile">[R, p]; not looked at where p is 0.</param>
/// <param name="Context">[R, c]; not looked at where c is 0.</param>
/// <param name="Auxiliary">In the training of a model with <see cref="IRankingModel.HasAuxiliaryLoss"/>; null in serving.</param>
/// <param name="SequenceMask">[R, H, S], 1 for a behaviour of each sequence beside the main one; not looked at where S is 0.</param>
/// <param name="Positions">
/// In the training of a model with a <see cref="IRankingModel.PositionCount"/>; null in serving and wherever candidates are to be ordered, as
/// their positions are what the order decides.
/// </param>
public sealed record ScoreInputs<T>(
    T Behaviours,
    T Mask,
    T Candidates,
    T CandidateMask,
    T CandidateBias,
    T Profile,
    T Context,
    AuxiliaryInputs<T>? Auxiliary = null,
    T? SequenceMask = default,
    PositionInputs<T>? Positions = null);

/// <summary>What an auxiliary loss learns from.</summary>
/// <param name="NegativeBehaviours">[R, H, d]: in the place of each behaviour, an item that the user did not choose there.</param>
public sealed record AuxiliaryInputs<T>(T NegativeBehaviours);

/// <summary>Where candidates stood when they were shown.</summary>
/// <param name="OneHot">[R, N, <see cref="IRankingModel.PositionCount"/> − 1], from <see cref="Ranking.Positions.Fill"/>.</param>
public sealed record PositionInputs<T>(T OneHot);

/// <summary>What a model computes.</summary>
/// <param name="Logits">[R, N, K].</param>
/// <param name="Attention">[R, N, H]; default where <paramref name="HasAttention"/> is false.</param>
/// <param name="HasAttention">Whether the model weighs behaviours by candidate.</param>
/// <param name="Auxiliary">Where the inputs have what it learns from; null in serving.</param>
public sealed record ScoreOutputs<T>(T Logits, T? Attention = default, bool HasAttention = false, AuxiliaryLoss<T>? Auxiliary = null);

/// <summary>A loss beside that of the tasks.</summary>
/// <param name="Value">A scalar, to be added as it is.</param>
public sealed record AuxiliaryLoss<T>(T Value);
