using DinOrleans.Training.Batches;
using static TorchSharp.torch;

namespace DinOrleans.Training.Trainer;

/// <summary>Σ over tasks of weight · mean binary cross entropy over the candidates of a step that have a label of the task.</summary>
internal static class TrainingLoss
{
    /// <summary>The weight of each labelled candidate, so that the losses of a step's parts add up to the loss of the step.</summary>
    /// <param name="step">The batch with all candidates of the step.</param>
    /// <param name="taskWeights">[K] The weights of the tasks.</param>
    /// <returns>[K] The task's weight divided by the number of its labelled candidates, or 0 if it has none.</returns>
    public static float[] CandidateWeights(RankingBatch step, ReadOnlySpan<double> taskWeights)
    {
        int tasks = taskWeights.Length;
        int[] labelled = new int[tasks];
        for (int i = 0; i < step.Labels.Length; i++)
        {
            labelled[i % tasks] += IsLabelled(step, i, tasks) ? 1 : 0;
        }

        float[] weights = new float[tasks];
        for (int task = 0; task < tasks; task++)
        {
            weights[task] = labelled[task] == 0 ? 0 : (float)(taskWeights[task] / labelled[task]);
        }

        return weights;
    }

    /// <summary>Computes the loss of a part.</summary>
    /// <param name="logits">[R, N, K] The logits of the part.</param>
    /// <param name="part">The part, with its labels and candidates.</param>
    /// <param name="candidateWeights">[K] The weights from <see cref="CandidateWeights"/>.</param>
    /// <returns>A scalar, which is 0 if no candidate has a label.</returns>
    public static Tensor Compute(Tensor logits, RankingBatch part, ReadOnlySpan<float> candidateWeights)
    {
        int tasks = candidateWeights.Length;
        float[] labels = new float[part.Labels.Length];
        float[] weights = new float[part.Labels.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            if (IsLabelled(part, i, tasks))
            {
                labels[i] = part.Labels[i];
                weights[i] = candidateWeights[i % tasks];
            }
        }

        return nn.functional.binary_cross_entropy_with_logits(
            logits, tensor(labels, logits.shape), tensor(weights, logits.shape), nn.Reduction.Sum);
    }

    private static bool IsLabelled(RankingBatch batch, int label, int tasks) =>
        batch.Candidates[label / tasks] >= 0 && !float.IsNaN(batch.Labels[label]);
}
