namespace DinOrleans.Training.Network;

/// <summary>The scores of a batch with the attention behind them.</summary>
/// <param name="Scores">[R, N, K] The probabilities.</param>
/// <param name="Attention">[R, N, H] The attention weights, or null for a model without attention.</param>
public sealed record ExplainedScores(float[] Scores, float[]? Attention);
