namespace DinOrleans.Training.Network;

/// <summary>The inputs and outputs of a scorer graph, row-major.</summary>
/// <param name="Behaviours">[R, H, d] The vectors of the behaviours.</param>
/// <param name="Mask">[R, H] 1 for a behaviour of the main sequence, 0 otherwise.</param>
/// <param name="Candidates">[R, N, d] The vectors of the candidates.</param>
/// <param name="CandidateBias">[R, N, 1] The item biases of the candidates.</param>
/// <param name="Profile">[R, p] The vectors of the profiles.</param>
/// <param name="Context">[R, c] The vectors of the contexts.</param>
/// <param name="Scores">[R, N, K] The probabilities.</param>
/// <param name="Attention">[R, N, H] The attention, or null for a model without attention.</param>
public sealed record ScoredInputs(
    float[] Behaviours, float[] Mask, float[] Candidates, float[] CandidateBias, float[] Profile, float[] Context, float[] Scores, float[]? Attention);
