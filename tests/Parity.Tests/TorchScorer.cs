using DinOrleans.Model.Ranking;
using DinOrleans.Training.Torch;
using static TorchSharp.torch;

namespace DinOrleans.Parity.Tests;

/// <summary>Scores and trains with TorchSharp.</summary>
internal static class TorchScorer
{
    private const float LearningRate = 0.5f;

    public static (float[] Scores, float[]? Attention) Score(
        IRankingModel model, TorchTensorOps ops, ScoreLayout layout, RandomInputs inputs)
    {
        ops.Training = false;
        using var scope = NewDisposeScope();
        using var still = no_grad();
        ScoreOutputs<Tensor> outputs = model.Score(ops, inputs.ToTorch(layout));
        return (Copy(outputs.Logits.sigmoid()), outputs.HasAttention ? Copy(outputs.Attention!) : null);
    }

    public static void Train(
        IRankingModel model, TorchTensorOps ops, TorchParameters parameters, ScoreLayout layout, RandomInputs inputs, int steps)
    {
        ops.Training = true;
        for (int step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            ScoreOutputs<Tensor> outputs = model.Score(ops, inputs.ToTorch(layout, training: true, model.PositionCount));
            Tensor labels = tensor(inputs.Labels, outputs.Logits.shape);
            Tensor loss = nn.functional.binary_cross_entropy_with_logits(outputs.Logits, labels);
            Assert.Equal(model.HasAuxiliaryLoss, outputs.Auxiliary is not null);
            (outputs.Auxiliary is null ? loss : loss.add(outputs.Auxiliary.Value)).backward();
            foreach (Tensor parameter in parameters.Trainable.Values)
            {
                Tensor gradient = parameter.grad!;
                Span<float> values = TorchParameters.Floats(parameter);
                Span<float> slopes = TorchParameters.Floats(gradient);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] -= LearningRate * slopes[i];
                }

                gradient.zero_();
            }

            parameters.SettleMoments();
        }
    }

    private static float[] Copy(Tensor tensor) => TorchParameters.Floats(tensor.contiguous()).ToArray();
}
