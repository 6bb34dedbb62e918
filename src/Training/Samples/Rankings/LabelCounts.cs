namespace DinOrleans.Training.Samples.Rankings;

/// <summary>The numbers of rankings, candidates and labels of one kind.</summary>
/// <param name="Rankings">The number of rankings.</param>
/// <param name="Candidates">The number of their candidates, with the drawn negatives.</param>
/// <param name="Positives">[K] The number of candidates that are positives of each task.</param>
public sealed record LabelCounts(long Rankings, long Candidates, IReadOnlyList<long> Positives)
{
    /// <summary>
    /// The log odds that a label of a task is positive. Half a label of each kind is added, so that the result is finite even if all labels are equal.
    /// </summary>
    /// <param name="task">The task, from 0.</param>
    public double LogOdds(int task) => Math.Log((Positives[task] + 0.5) / (Candidates - Positives[task] + 0.5));
}
