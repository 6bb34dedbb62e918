namespace DinOrleans.Training.Samples;

/// <summary>How many rankings, candidates and labels there are of one kind.</summary>
/// <param name="Rankings">Rankings.</param>
/// <param name="Candidates">Their candidates, drawn negatives among them.</param>
/// <param name="Positives">[K] candidates that are a positive of each task.</param>
public sealed record LabelCounts(long Rankings, long Candidates, IReadOnlyList<long> Positives)
{
    /// <summary>
    /// The log odds of a label of a task being positive. Half a label of each kind is added, so that the result is finite where all are alike.
    /// </summary>
    /// <param name="task">The task, from 0.</param>
    public double LogOdds(int task) => Math.Log((Positives[task] + 0.5) / (Candidates - Positives[task] + 0.5));
}
