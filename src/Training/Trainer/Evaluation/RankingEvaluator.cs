using DinOrleans.Model.Metrics;
using DinOrleans.Training.Trainer.Batches;

namespace DinOrleans.Training.Trainer.Evaluation;

/// <summary>Measures a network on labelled rankings, of any number of candidates each.</summary>
public static class RankingEvaluator
{
    /// <summary>Scores all batches.</summary>
    /// <returns>Null where there are no labelled candidates.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RankingEvaluation? Evaluate(RankingNetwork network, IEnumerable<RankingBatch> batches, CancellationToken cancellationToken)
    {
        int tasks = network.Layout.TaskCount;
        var predictions = new Predictions[tasks];
        for (int task = 0; task < tasks; task++)
        {
            predictions[task] = new Predictions();
        }

        int nameless = 0;
        foreach (RankingBatch batch in batches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            float[] scores = network.Score(batch);
            for (int i = 0; i < batch.Candidates.Length; i++)
            {
                // A ranking without a user is grouped by itself.
                int ranking = i / batch.CandidateCount;
                int user = batch.Users[ranking] >= 0 ? batch.Users[ranking] : -1 - nameless - ranking;
                for (int task = 0; task < tasks && batch.Candidates[i] >= 0; task++)
                {
                    predictions[task].Add(user, scores[(i * tasks) + task], batch.Labels[(i * tasks) + task]);
                }
            }

            nameless += batch.Rankings;
        }

        return predictions.All(p => p.Count == 0) ? null : new([.. predictions.Select(p => p.Evaluate())]);
    }

    private sealed class Predictions
    {
        private readonly List<int> _users = [];
        private readonly List<float> _scores = [];
        private readonly List<bool> _labels = [];

        public int Count => _scores.Count;

        public void Add(int user, float score, float label)
        {
            if (!float.IsNaN(label))
            {
                _users.Add(user);
                _scores.Add(score);
                _labels.Add(label > 0.5f);
            }
        }

        public TaskEvaluation Evaluate()
        {
            float[] scores = [.. _scores];
            bool[] labels = [.. _labels];
            return new(
                Count,
                RankingMetrics.Auc(scores, labels),
                RankingMetrics.Gauc(_users.ToArray(), scores, labels),
                RankingMetrics.LogLoss(scores, labels),
                RankingMetrics.Calibration(scores, labels));
        }
    }
}
