using DinOrleans.Training.Trainer.Batches;

namespace DinOrleans.Training.Samples;

/// <summary>Lays samples out as a batch, drawing negatives where nothing says what was shown.</summary>
internal sealed class BatchMaker(TrainingLog log, SampleOptions options, EventKinds kinds, BehaviourIndex behaviours, NegativeSampler negatives)
{
    private const int Padding = -1;

    public RankingBatch Make(Sample[] samples, Random random)
    {
        int history = Math.Max(1, samples.Max(s => s.History));
        int candidates = samples.Max(s => s.Shown?.Items.Length ?? 1 + options.UniformNegatives + options.PopularNegatives);
        var batch = new RankingBatch
        {
            Rankings = samples.Length,
            HistoryLength = history,
            CandidateCount = candidates,
            Behaviours = Filled(samples.Length * history),
            Lengths = Array.ConvertAll(samples, s => s.History),
            Candidates = Filled(samples.Length * candidates),
            Labels = new float[samples.Length * candidates * kinds.Tasks],
            Users = Array.ConvertAll(samples, s => s.User),
            Contexts = Array.ConvertAll(samples, s => s.Event),
        };
        for (int r = 0; r < samples.Length; r++)
        {
            Sample sample = samples[r];
            behaviours.Write(sample.HistoryEnd, batch.Behaviours.AsSpan(r * history, sample.History));
            Span<int> items = batch.Candidates.AsSpan(r * candidates, candidates);
            Span<float> labels = batch.Labels.AsSpan(r * candidates * kinds.Tasks, candidates * kinds.Tasks);
            if (sample.Shown is { } shown)
            {
                shown.Items.CopyTo(items);
                shown.Labels.CopyTo(labels);
            }
            else
            {
                Draw(sample, items, labels, random);
            }
        }

        return batch;
    }

    private static int[] Filled(int length)
    {
        int[] array = new int[length];
        Array.Fill(array, Padding);
        return array;
    }

    private void Draw(Sample sample, Span<int> items, Span<float> labels, Random random)
    {
        items[0] = log.Events.Item[sample.Event];
        for (int task = 0; task < kinds.Tasks; task++)
        {
            labels[task] = kinds.IsPositive(log.Events.Type[sample.Event], task) ? 1 : 0;
        }

        int next = 1;
        for (int i = 0; i < options.UniformNegatives + options.PopularNegatives; i++)
        {
            int negative = i < options.UniformNegatives ? negatives.Uniform(sample.User, random) : negatives.ByPopularity(sample.User, random);
            if (negative >= 0)
            {
                items[next++] = negative;
            }
        }
    }
}
