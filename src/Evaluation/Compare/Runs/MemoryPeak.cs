using DinOrleans.Training.Trainer;

namespace DinOrleans.Evaluation.Compare.Runs;

/// <summary>Notes the process's largest working set while it passes progress on.</summary>
internal sealed class MemoryPeak : IProgress<TrainingProgress>
{
    private const double BytesAMiB = 1 << 20;

    private readonly IProgress<TrainingProgress> _next;
    private long _bytes;

    public MemoryPeak(IProgress<TrainingProgress> next)
    {
        // What an earlier run left behind is not this one's.
        GC.Collect();
        _next = next;
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        Sample();
        _next.Report(value);
    }

    /// <summary>The largest so far, in 2^20 bytes.</summary>
    public double MiB()
    {
        Sample();
        return _bytes / BytesAMiB;
    }

    private void Sample() => _bytes = Math.Max(_bytes, Environment.WorkingSet);
}
