using DinOrleans.Training.Batches;
using DinOrleans.Training.Log;
using DinOrleans.Training.Network;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.Evaluation.Compare.Measures;

/// <summary>Takes the attention weights of a few test rankings from the network itself.</summary>
internal static class AttentionExamples
{
    private const int BatchSize = 256;
    private const int Users = 4;
    private const int ShortestHistory = 6;
    private const int LongestHistory = 14;
    private const int Candidates = 5;

    /// <summary>Takes examples, of the same rankings for every model and seed.</summary>
    /// <returns>The examples, or none for a model without attention.</returns>
    public static IReadOnlyList<AttentionExample> Take(RankingNetwork network, TrainingLog log, SampleSplit test)
    {
        List<AttentionExample> examples = [];
        HashSet<int> users = [];
        foreach (RankingBatch batch in test.Batches(BatchSize, epoch: 0, shuffle: false))
        {
            for (int r = 0; r < batch.Rankings && examples.Count < Users; r++)
            {
                if (batch.Lengths[r] is >= ShortestHistory and <= LongestHistory && HasPositive(batch, r) && users.Add(batch.Users[r]))
                {
                    RankingBatch shown = Shown(batch, r);
                    if (network.ScoreWithAttention(shown) is not { Attention: { } attention } scored)
                    {
                        return [];
                    }

                    examples.Add(Example(log, shown, scored.Scores, attention));
                }
            }

            if (examples.Count == Users)
            {
                break;
            }
        }

        return examples;
    }

    private static bool HasPositive(RankingBatch batch, int ranking) =>
        batch.Labels.AsSpan(ranking * batch.CandidateCount * batch.TaskCount, batch.CandidateCount * batch.TaskCount).Contains(1f);

    /// <summary>A batch with one ranking per candidate, all with the same history: the first candidates of a ranking, positives before others.</summary>
    private static RankingBatch Shown(RankingBatch batch, int ranking)
    {
        int tasks = batch.TaskCount;
        return batch.Take(
        [
            .. Enumerable.Range(0, batch.ListLength(ranking))
                .OrderByDescending(n => batch.Labels[((ranking * batch.CandidateCount) + n) * tasks])
                .Take(Candidates)
                .Select(n => new CandidateRange(ranking, n, 1)),
        ]);
    }

    private static AttentionExample Example(TrainingLog log, RankingBatch shown, float[] scores, float[] attention)
    {
        int tasks = shown.TaskCount;
        int length = shown.Lengths[0];
        return new(
            shown.Users[0] >= 0 ? log.UserIds[shown.Users[0]] : "",
            [.. shown.Behaviours.Take(length).Select(item => Describe(log, item))],
            [
                .. Enumerable.Range(0, shown.Rankings).Select(n => new AttentionCandidate(
                    Describe(log, shown.Candidates[n]),
                    shown.Labels[n * tasks] > 0.5f,
                    scores[n * tasks],
                    [.. attention.AsSpan(n * shown.HistoryLength, length).ToArray().Select(w => (double)w)])),
            ]);
    }

    /// <summary>The id of an item and the values of its other categorical features.</summary>
    private static string Describe(TrainingLog log, int item) => string.Join(
        " · ", log.Items.Categorical.Select(c => c.Codes[item] < 0 ? "–" : c.Values[c.Codes[item]]));
}
