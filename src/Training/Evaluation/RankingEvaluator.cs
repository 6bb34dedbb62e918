using DinOrleans.Model.Metrics;
using DinOrleans.Model.Ranking;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Network;

namespace DinOrleans.Training.Evaluation;

/// <summary>Measures a network on labelled rankings with any number of candidates.</summary>
public static class RankingEvaluator
{
    /// <summary>Scores and measures all batches.</summary>
    /// <returns>The quality, or null if there are no labelled candidates.</returns>
    /// <exception cref="TrainingDivergedException">A score is NaN.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static RankingEvaluation? Evaluate(RankingNetwork network, IEnumerable<RankingBatch> batches, CancellationToken cancellationToken)
    {
        IReadOnlyList<TaskPredictions> predictions = Predict(network, batches, cancellationToken);
        return predictions.All(p => p.Count == 0) ? null : new([.. predictions.Select(Evaluate)]);
    }

    /// <summary>Measures the predictions of a task.</summary>
    public static TaskEvaluation Evaluate(TaskPredictions predictions) => new(
        predictions.Count,
        RankingMetrics.Auc(predictions.Scores, predictions.Labels),
        RankingMetrics.Gauc(predictions.Users, predictions.Scores, predictions.Labels),
        RankingMetrics.LogLoss(predictions.Scores, predictions.Labels),
        RankingMetrics.Calibration(predictions.Scores, predictions.Labels));

    /// <summary>Scores all batches.</summary>
    /// <returns>The predictions of each task, in schema order.</returns>
    /// <exception cref="TrainingDivergedException">A score is NaN.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<TaskPredictions> Predict(RankingNetwork network, IEnumerable<RankingBatch> batches, CancellationToken cancellationToken)
    {
        int tasks = network.Layout.TaskCount;
        List<Prediction>[] predictions = [.. Enumerable.Range(0, tasks).Select(_ => new List<Prediction>())];
        int nameless = 0;
        foreach (RankingBatch batch in batches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] scores = Score(network, batch);
            for (int i = 0; i < batch.Candidates.Length; i++)
            {
                // A ranking without a user is a group of its own.
                int ranking = i / batch.CandidateCount;
                int user = batch.Users[ranking] >= 0 ? batch.Users[ranking] : -1 - nameless - ranking;
                for (int task = 0; task < tasks && batch.Candidates[i] >= 0; task++)
                {
                    float label = batch.Labels[(i * tasks) + task];
                    if (!float.IsNaN(label))
                    {
                        predictions[task].Add(new(
                            user, batch.Candidates[i], i % batch.CandidateCount, batch.Lengths[ranking], scores[(i * tasks) + task], label > 0.5f));
                    }
                }
            }

            nameless += batch.Rankings;
        }

        return [.. predictions.Select(p => new TaskPredictions(p))];
    }

    /// <summary>Scores rankings whose first candidate is the positive, with the score by which serving ranks.</summary>
    /// <exception cref="TrainingDivergedException">A score is NaN.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TaskPredictions PredictRanking(
        RankingNetwork network, RankingScore ranking, IEnumerable<RankingBatch> batches, CancellationToken cancellationToken)
    {
        int tasks = network.Layout.TaskCount;
        List<Prediction> predictions = [];
        int rankings = 0;
        foreach (RankingBatch batch in batches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] scores = Score(network, batch);
            for (int i = 0; i < batch.Candidates.Length; i++)
            {
                int position = i % batch.CandidateCount;
                int own = i / batch.CandidateCount;
                predictions.Add(new(
                    rankings + own, batch.Candidates[i], position, batch.Lengths[own], ranking.Score(scores.AsSpan(i * tasks, tasks)), position == 0));
            }

            rankings += batch.Rankings;
        }

        return new(predictions);
    }

    /// <summary>Scores a batch. A NaN is refused, because it would take some place in a sorted list and go unnoticed.</summary>
    private static float[] Score(RankingNetwork network, RankingBatch batch)
    {
        float[] scores = network.Score(batch);
        int tasks = network.Layout.TaskCount;
        int none = Array.FindIndex(scores, float.IsNaN);
        while (none >= 0 && batch.Candidates[none / tasks] < 0)
        {
            none = Array.FindIndex(scores, none + 1, float.IsNaN);
        }

        return none < 0
            ? scores
            : throw new TrainingDivergedException($"The score of item {batch.Candidates[none / tasks]} is NaN: the training of these weights diverged.");
    }
}
