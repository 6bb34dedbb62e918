using DinOrleans.Training.Samples;
using DinOrleans.Training.Trainer;
using DinOrleans.Training.Trainer.Batches;
using DinOrleans.Training.Versions;

namespace DinOrleans.Evaluation.Compare.Measures;

/// <summary>Takes the attention weights of a few test rankings from the network itself.</summary>
internal static class AttentionExamples
{
    private const int BatchSize = 256;
    private const int Users = 4;
    private const int ShortestHistory = 6;
    private const int LongestHistory = 14;
    private const int Candidates = 5;

    /// <returns>Nothing for a model without attention. The same rankings for every model and seed.</returns>
    public static IReadOnlyList<AttentionExample> Take(RankingNetwork network, TrainingLog log, SampleSplit test)
    {
        List<AttentionExample> examples = [];
        HashSet<int> users = [];
        foreach (SampleBatch batch in test.Batches(BatchSize, epoch: 0, shuffle: false))
        {
            for (int r = 0; r < batch.Rankings && examples.Count < Users; r++)
            {
                if (batch.Lengths[r] is >= ShortestHistory and <= LongestHistory && HasPositive(batch, r) && users.Add(batch.Users[r]))
                {
                    RankingBatch one = SampleData.Batch(batch).Slice(r, 1);
                    if (network.ScoreInputs(one) is not { Attention: { } attention } scored)
                    {
                        return [];
                    }

                    examples.Add(Example(log, one, scored.Scores, attention));
                }
            }

            if (examples.Count == Users)
            {
                break;
            }
        }

        return examples;
    }

    private static bool HasPositive(SampleBatch batch, int ranking) =>
        batch.Labels.AsSpan(ranking * batch.CandidateCount * batch.TaskCount, batch.CandidateCount * batch.TaskCount).Contains(1f);

    private static AttentionExample Example(TrainingLog log, RankingBatch one, float[] scores, float[] attention)
    {
        int tasks = one.Labels.Length / one.Candidates.Length;
        IEnumerable<AttentionCandidate> candidates = Enumerable.Range(0, one.CandidateCount)
            .Where(n => one.Candidates[n] >= 0)
            .OrderByDescending(n => one.Labels[n * tasks])
            .Take(Candidates)
            .Select(n => new AttentionCandidate(
                Describe(log, one.Candidates[n]),
                one.Labels[n * tasks] > 0.5f,
                scores[n * tasks],
                [.. attention.AsSpan(n * one.HistoryLength, one.Lengths[0]).ToArray().Select(w => (double)w)]));
        return new(
            one.Users[0] >= 0 ? log.UserIds[one.Users[0]] : "",
            [.. one.Behaviours.Take(one.Lengths[0]).Select(item => Describe(log, item))],
            [.. candidates]);
    }

    /// <summary>The id and the values of the item's other categorical features.</summary>
    private static string Describe(TrainingLog log, int item) => string.Join(
        " · ", log.Items.Categorical.Select(c => c.Codes[item] < 0 ? "–" : c.Values[c.Codes[item]]));
}
