using DinOrleans.Training.Checkpoints;
using DinOrleans.Training.Evaluation;
using DinOrleans.Training.Network;

namespace DinOrleans.Training.Trainer;

/// <summary>The state of a training between two steps: the epochs done, the best of them with its weights, and the epoch under way.</summary>
internal sealed class TrainingRun(RankingNetwork network, TrainerOptions options)
{
    private readonly WeightSnapshot _best = new(network);
    private readonly List<EpochResult> _epochs = [];
    private EpochResult? _bestEpoch;
    private double _losses;

    /// <summary>The epoch under way, from 1.</summary>
    public int Epoch => _epochs.Count + 1;

    /// <summary>The number of steps done in the epoch under way.</summary>
    public int Steps { get; private set; }

    /// <summary>The number of candidates trained on in the epoch under way.</summary>
    public long Samples { get; private set; }

    /// <summary>The mean loss of the steps of the epoch under way.</summary>
    public double Loss => _losses / Steps;

    /// <summary>The seconds spent on the epoch under way before training was resumed.</summary>
    public double EarlierSeconds { get; private set; }

    /// <summary>True if all epochs are done or patience has run out.</summary>
    public bool IsFinished => _epochs.Count >= options.Epochs
        || (_bestEpoch?.Validation is not null && _epochs.Count - _bestEpoch.Epoch >= options.Patience);

    /// <summary>Counts a step.</summary>
    /// <param name="loss">The loss of the step.</param>
    /// <param name="samples">The number of candidates of the step.</param>
    public void CompleteStep(float loss, int samples)
    {
        _losses += loss;
        Samples += samples;
        Steps++;
    }

    /// <summary>Ends the epoch under way and keeps the weights if it is the best so far.</summary>
    public void CompleteEpoch(EpochResult result)
    {
        _epochs.Add(result);
        if (result.Validation is null || _bestEpoch is null || Quality(result) > Quality(_bestEpoch))
        {
            _bestEpoch = result;
            _best.Capture();
        }

        (Steps, Samples, _losses, EarlierSeconds) = (0, 0, 0, 0);
    }

    /// <summary>Sets the network to its best weights.</summary>
    public TrainingOutcome Finish()
    {
        _best.Restore();
        return new([.. _epochs], _bestEpoch!, StoppedEarly: _epochs.Count < options.Epochs);
    }

    public void Save(CheckpointWriter writer, double secondsOfEpoch)
    {
        writer.Write("epochs done", _epochs.Count);
        foreach (EpochResult epoch in _epochs)
        {
            Save(writer, epoch);
        }

        writer.Write("steps of the epoch", Steps);
        writer.Write("samples of the epoch", Samples);
        writer.Write("losses of the epoch", _losses);
        writer.Write("seconds of the epoch", secondsOfEpoch);
        writer.Write("best epoch", _bestEpoch?.Epoch ?? 0);
        if (_bestEpoch is not null)
        {
            _best.Save(writer);
        }
    }

    public void Load(CheckpointReader reader)
    {
        int count = reader.Int("epochs done");
        for (int epoch = 1; epoch <= count; epoch++)
        {
            _epochs.Add(LoadEpoch(reader, epoch));
        }

        Steps = reader.Int("steps of the epoch");
        Samples = reader.Long("samples of the epoch");
        _losses = reader.Double("losses of the epoch");
        EarlierSeconds = reader.Double("seconds of the epoch");
        int best = reader.Int("best epoch");
        if (best > 0)
        {
            _bestEpoch = _epochs[best - 1];
            _best.Load(reader);
        }
    }

    private double Quality(EpochResult epoch) => epoch.Validation!.Quality(options.TaskWeights);

    private static void Save(CheckpointWriter writer, EpochResult epoch)
    {
        writer.Write("loss", epoch.Loss);
        writer.Write("samples a second", epoch.SamplesPerSecond);
        writer.Write("tasks validated", epoch.Validation?.Tasks.Count ?? 0);
        foreach (TaskEvaluation task in epoch.Validation?.Tasks ?? [])
        {
            writer.Write("samples", task.Samples);
            writer.Write<double>("measures", [task.Auc, task.Gauc, task.LogLoss, task.Calibration]);
        }
    }

    private static EpochResult LoadEpoch(CheckpointReader reader, int epoch)
    {
        double loss = reader.Double("loss");
        double speed = reader.Double("samples a second");
        var tasks = new TaskEvaluation[reader.Int("tasks validated")];
        Span<double> measures = stackalloc double[4];
        for (int i = 0; i < tasks.Length; i++)
        {
            long samples = reader.Long("samples");
            reader.Read("measures", measures);
            tasks[i] = new(samples, measures[0], measures[1], measures[2], measures[3]);
        }

        return new(epoch, loss, speed, tasks.Length == 0 ? null : new(tasks));
    }
}
