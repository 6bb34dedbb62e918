using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>The score half of a model. It turns vectors into one logit per candidate and task.</summary>
public interface IRankingModel
{
    /// <summary>The name by which the model is chosen, for example "din".</summary>
    string Name { get; }

    /// <summary>
    /// The name of the parameter, [K], that is added to every logit of a task. Training sets it so that scores start at the rate of the labels.
    /// </summary>
    string OutputBias { get; }

    /// <summary>True if training needs <see cref="ScoreInputs{T}.Auxiliary"/>.</summary>
    bool HasAuxiliaryLoss => false;

    /// <summary>
    /// True if training sets each positive against the other positives of its batch rather than against labelled candidates. Such a
    /// model can also score the same candidates, [1, N, d], for every ranking.
    /// </summary>
    bool LearnsInBatch => false;

    /// <summary>How many positions of a ranking training distinguishes in <see cref="ScoreInputs{T}.Positions"/>, at least 2; 0 if it needs none.</summary>
    int PositionCount => 0;

    /// <summary>Computes logits on a backend.</summary>
    ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs);
}

/// <summary>A model whose logit is ⟨user, item⟩ plus a constant of the task, so that item vectors can be made in advance and searched.</summary>
public interface IVectorModel : IRankingModel
{
    /// <summary>w, the width of the vectors.</summary>
    int VectorWidth { get; }

    /// <summary>The vectors of users, already divided by the temperature.</summary>
    /// <returns>[R, K, w].</returns>
    T UserVectors<T>(ITensorOps<T> ops, ScoreInputs<T> inputs);

    /// <summary>The vectors of items, which include the item bias if the model has one.</summary>
    /// <param name="ops">The backend that computes.</param>
    /// <param name="candidates">[R, N, d].</param>
    /// <param name="candidateBias">[R, N, 1].</param>
    /// <param name="candidateMask">Makes [R, N], 1 for a candidate. It is called only in training.</param>
    /// <returns>[R, N, w].</returns>
    T ItemVectors<T>(ITensorOps<T> ops, T candidates, T candidateBias, Func<T> candidateMask);
}

/// <summary>The vectors of R rankings of N candidates each, with H behaviours each.</summary>
/// <param name="Behaviours">[R, H, d].</param>
/// <param name="Mask">[R, H], 1 for a behaviour of the main sequence, 0 for padding and the behaviours of other sequences.</param>
/// <param name="Candidates">[R, N, d].</param>
/// <param name="CandidateMask">[R, N], 1 for a candidate, 0 for padding. Only the statistics of training use it, and serving has none.</param>
/// <param name="CandidateBias">[R, N, 1].</param>
/// <param name="Profile">[R, p]; ignored if p is 0.</param>
/// <param name="Context">[R, c]; ignored if c is 0.</param>
/// <param name="Auxiliary">What an auxiliary loss learns from, in the training of a model with <see cref="IRankingModel.HasAuxiliaryLoss"/>; null in serving.</param>
/// <param name="SequenceMask">[R, H, S], 1 for a behaviour of each sequence besides the main one; ignored if S is 0.</param>
/// <param name="Positions">
/// The positions of candidates, in the training of a model with a <see cref="IRankingModel.PositionCount"/>. Null in serving and wherever
/// candidates are to be ordered, because the order decides their positions.
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
/// <param name="NegativeBehaviours">[R, H, d], for each behaviour an item that the user did not choose at that moment.</param>
public sealed record AuxiliaryInputs<T>(T NegativeBehaviours);

/// <summary>The positions of candidates when they were shown.</summary>
/// <param name="OneHot">[R, N, <see cref="IRankingModel.PositionCount"/> − 1], from <see cref="Ranking.Positions.Fill"/>.</param>
public sealed record PositionInputs<T>(T OneHot);

/// <summary>What a model computes.</summary>
/// <param name="Logits">[R, N, K].</param>
/// <param name="Attention">[R, N, H]; default if <paramref name="HasAttention"/> is false.</param>
/// <param name="HasAttention">True if the model weighs behaviours by candidate.</param>
/// <param name="Auxiliary">The auxiliary loss, if the inputs have what it learns from; null in serving.</param>
public sealed record ScoreOutputs<T>(T Logits, T? Attention = default, bool HasAttention = false, AuxiliaryLoss<T>? Auxiliary = null);

/// <summary>A loss in addition to that of the tasks.</summary>
/// <param name="Value">A scalar that already has its weight.</param>
public sealed record AuxiliaryLoss<T>(T Value);
