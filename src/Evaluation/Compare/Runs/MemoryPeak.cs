using DinOrleans.Training.Trainer;

namespace DinOrleans.Evaluation.Compare.Runs;

/// <summary>Measures the largest working set of the process while it passes progress reports on.</summary>
internal sealed class MemoryPeak : IProgress<TrainingProgress>
{
    private const double BytesPerMiB = 1 << 20;

    private readonly IProgress<TrainingProgress> _next;
    private long _bytes;

    public MemoryPeak(IProgress<TrainingProgress> next)
    {
        // Garbage of an earlier run must not count for this one.
        GC.Collect();
        _next = next;
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        Sample();
        _next.Report(value);
    }

    /// <summary>The largest working set so far, in units of 2^20 bytes.</summary>
    public double MiB()
    {
        Sample();
        return _bytes / BytesPerMiB;
    }

    private void Sample() => _bytes = Math.Max(_bytes, Environment.WorkingSet);
}
