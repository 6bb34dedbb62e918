using DinOrleans.Training.Trainer.Batches;
using static TorchSharp.torch;

namespace DinOrleans.Training.Trainer;

/// <summary>Σ over tasks of weight · mean binary cross entropy over the candidates that the task has a label for.</summary>
internal static class TrainingLoss
{
    /// <param name="logits">[R, N, K].</param>
    /// <param name="batch">Its labels and candidates.</param>
    /// <param name="taskWeights">[K].</param>
    /// <returns>A scalar; 0 where nothing has a label.</returns>
    public static Tensor Compute(Tensor logits, RankingBatch batch, ReadOnlySpan<double> taskWeights)
    {
        (float[] labels, float[] weights) = Weigh(batch, taskWeights);
        return nn.functional.binary_cross_entropy_with_logits(
            logits, tensor(labels, logits.shape), tensor(weights, logits.shape), nn.Reduction.Sum);
    }

    /// <summary>Labels with 0 for missing ones, and what each counts for.</summary>
    internal static (float[] Labels, float[] Weights) Weigh(RankingBatch batch, ReadOnlySpan<double> taskWeights)
    {
        int tasks = taskWeights.Length;
        float[] labels = new float[batch.Labels.Length];
        float[] weights = new float[batch.Labels.Length];
        for (int task = 0; task < tasks; task++)
        {
            int labelled = 0;
            for (int i = 0; i < batch.Candidates.Length; i++)
            {
                labelled += IsLabelled(batch, i, (i * tasks) + task) ? 1 : 0;
            }

            for (int i = 0; i < batch.Candidates.Length; i++)
            {
                int at = (i * tasks) + task;
                if (IsLabelled(batch, i, at))
                {
                    labels[at] = batch.Labels[at];
                    weights[at] = (float)(taskWeights[task] / labelled);
                }
            }
        }

        return (labels, weights);
    }

    private static bool IsLabelled(RankingBatch batch, int candidate, int label) =>
        batch.Candidates[candidate] >= 0 && !float.IsNaN(batch.Labels[label]);
}
