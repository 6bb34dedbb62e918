using DinOrleans.Model.Ranking;
using static TorchSharp.torch;

namespace DinOrleans.Training.Network;

/// <summary>A computation of logits through which autograd can go back.</summary>
/// <param name="Candidates">The items that were scored.</param>
/// <param name="Inputs">The inputs, at which gradients end.</param>
/// <param name="Outputs">The outputs, at which gradients start.</param>
internal sealed record ForwardPass(int[] Candidates, ScoreInputs<Tensor> Inputs, ScoreOutputs<Tensor> Outputs);
