using DinOrleans.Training.Trainer.Batches;

namespace DinOrleans.Training.Samples;

/// <summary>
/// Point-in-time samples of a log, cut by time into training and validation. A history never holds an event at or after the
/// moment of its label.
/// </summary>
public sealed class SampleSet : ITrainingData
{
    /// <summary>Batches that are sorted by length together: little padding, and an order that still varies.</summary>
    private const int BatchesAWindow = 32;

    private readonly BatchMaker _batches;
    private readonly Sample[] _training;
    private readonly Sample[] _validation;
    private readonly SampleOptions _options;
    private readonly int _batchSize;

    private SampleSet(BatchMaker batches, Sample[] training, Sample[] validation, SampleOptions options, int batchSize)
    {
        _batches = batches;
        _training = training;
        _validation = validation;
        _options = options;
        _batchSize = batchSize;
    }

    /// <summary>Rankings to train on.</summary>
    public int TrainingCount => _training.Length;

    /// <summary>Rankings to validate on.</summary>
    public int ValidationCount => _validation.Length;

    /// <inheritdoc/>
    public int StepsPerEpoch => (_training.Length + _batchSize - 1) / _batchSize;

    /// <summary>Makes the samples of a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="options">How.</param>
    /// <param name="batchSize">Rankings a batch.</param>
    /// <exception cref="InvalidDataException">An option breaks a rule, or the log has nothing to learn from.</exception>
    public static SampleSet Build(TrainingLog log, SampleOptions options, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (options.Validate() is { Count: > 0 } problems)
        {
            throw new InvalidDataException("sample options: " + string.Join("; ", problems));
        }

        var kinds = new EventKinds(log.Schema);
        var behaviours = new BehaviourIndex(log.Events, kinds);
        List<Sample> samples = new SampleFinder(log, options, kinds, behaviours).Find();
        if (samples.Count == 0)
        {
            throw new InvalidDataException("The log has no sample: it needs users with a positive event after at least one behaviour, or impressions with a rankingId.");
        }

        samples.Sort((a, b) => log.Events.Timestamp[a.Event].CompareTo(log.Events.Timestamp[b.Event]) is var byTime and not 0 ? byTime : a.Event.CompareTo(b.Event));
        int cut = samples.Count - (int)(samples.Count * options.ValidationShare);
        var batches = new BatchMaker(log, options, kinds, behaviours, new NegativeSampler(log, kinds));
        return new(batches, [.. samples[..cut]], [.. samples[cut..]], options, batchSize);
    }

    /// <inheritdoc/>
    public IEnumerable<RankingBatch> Epoch(int epoch)
    {
        var random = new Random(HashCode.Combine(_options.Seed, epoch));
        Sample[] order = [.. _training];
        random.Shuffle(order);
        foreach (Sample[] window in order.Chunk(_batchSize * BatchesAWindow))
        {
            Array.Sort(window, (a, b) => a.History.CompareTo(b.History));
            Sample[][] batches = [.. window.Chunk(_batchSize)];
            random.Shuffle(batches);
            foreach (Sample[] batch in batches)
            {
                yield return _batches.Make(batch, random);
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerable<RankingBatch> Validation()
    {
        var random = new Random(_options.Seed);
        foreach (Sample[] batch in _validation.Chunk(_batchSize))
        {
            yield return _batches.Make(batch, random);
        }
    }
}
