using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Ranking;

/// <summary>The score half of a model: vectors in, one logit a candidate and task out.</summary>
public interface IRankingModel
{
    /// <summary>The name it is chosen by, for example "din".</summary>
    string Kind { get; }

    /// <summary>Builds the computation on a backend.</summary>
    ScoreOutputs<T> Score<T>(ITensorOps<T> ops, ScoreInputs<T> inputs);
}

/// <summary>Widths of the vectors a model scores.</summary>
/// <param name="ItemWidth">d, of an item's vector.</param>
/// <param name="ProfileWidth">p; 0 where the schema has no user features.</param>
/// <param name="ContextWidth">c; 0 where the schema has no context features.</param>
/// <param name="TaskCount">K.</param>
public sealed record ScoreLayout(int ItemWidth, int ProfileWidth, int ContextWidth, int TaskCount);

/// <summary>R rankings of N candidates against H behaviours.</summary>
/// <param name="Behaviours">[R, H, d].</param>
/// <param name="Mask">[R, H], 1 for a behaviour, 0 for padding.</param>
/// <param name="Candidates">[R, N, d].</param>
/// <param name="CandidateMask">[R, N], 1 for a candidate, 0 for padding; statistics in training only, not there in serving.</param>
/// <param name="CandidateBias">[R, N, 1].</param>
/// <param name="Profile">[R, p]; not looked at where p is 0.</param>
/// <param name="Context">[R, c]; not looked at where c is 0.</param>
public sealed record ScoreInputs<T>(T Behaviours, T Mask, T Candidates, T CandidateMask, T CandidateBias, T Profile, T Context);

/// <summary>What a model computes.</summary>
/// <param name="Logits">[R, N, K].</param>
/// <param name="Attention">[R, N, H]; default where <paramref name="HasAttention"/> is false.</param>
/// <param name="HasAttention">Whether the model weighs behaviours by candidate.</param>
public sealed record ScoreOutputs<T>(T Logits, T? Attention, bool HasAttention);
