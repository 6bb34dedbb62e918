using System.Diagnostics;
using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Artifacts;
using DinOrleans.TestShop;

namespace DinOrleans.Benchmarks.Kernel;

/// <summary>Measures the speed of the scorer alone, on packed batches.</summary>
internal sealed class ScorerRate : IDisposable
{
    private const int WarmRuns = 3;

    private readonly Artifact _artifact;
    private readonly IScorer _scorer;

    /// <param name="artifact">The folder of a version.</param>
    /// <param name="options">The options of the scorer.</param>
    public ScorerRate(string artifact, ScoringOptions options)
        : this(artifact, opened => Scorers.Load(opened, options).Scorer)
    {
    }

    /// <param name="artifact">The folder of a version.</param>
    /// <param name="load">Makes the scorer of the version.</param>
    public ScorerRate(string artifact, Func<Artifact, IScorer> load)
    {
        _artifact = Artifact.Open(artifact);
        _scorer = load(_artifact);
    }

    /// <summary>Scores batches for a while on a number of threads.</summary>
    /// <param name="shape">The size of each request.</param>
    /// <param name="requests">R, the requests per batch.</param>
    /// <param name="threads">The number of threads that score in parallel.</param>
    /// <param name="duration">The time to measure for.</param>
    public ScorerSpeed Measure(RankShape shape, int requests, int threads, TimeSpan duration)
    {
        long[] runs = new long[threads];
        double[] seconds = new double[threads];
        double[] shortest = new double[threads];
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Thread[] running = [.. Enumerable.Range(0, threads).Select(t => new Thread(() => (runs[t], seconds[t], shortest[t]) = Run(shape, requests, duration)))];
        Array.ForEach(running, t => t.Start());
        Array.ForEach(running, t => t.Join());
        double pairsPerSecond = Enumerable.Range(0, threads).Sum(t => runs[t] * (double)requests * shape.Pairs / seconds[t]);
        TimeSpan processor = Environment.CpuUsage.TotalTime - before;
        return new(pairsPerSecond, processor / ((runs.Sum() + ((double)WarmRuns * threads)) * requests), TimeSpan.FromSeconds(shortest.Min()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scorer.Dispose();
        _artifact.Dispose();
    }

    private (long Runs, double Seconds, double Shortest) Run(RankShape shape, int requests, TimeSpan duration)
    {
        var batch = new ScoreBatch();
        batch.Pack([.. Enumerable.Range(1, requests).Select(seed => RandomRequest.Create(_artifact.Layout, shape.Candidates, shape.History, seed))], _artifact.Layout);
        for (int i = 0; i < WarmRuns; i++)
        {
            _scorer.Score(batch, attention: false);
        }

        long start = Stopwatch.GetTimestamp();
        long runs = 0;
        long shortest = long.MaxValue;
        for (long before = start, after; Stopwatch.GetElapsedTime(start, before) < duration; before = after, runs++)
        {
            _scorer.Score(batch, attention: false);
            after = Stopwatch.GetTimestamp();
            shortest = Math.Min(shortest, after - before);
        }

        return (runs, Stopwatch.GetElapsedTime(start).TotalSeconds, Stopwatch.GetElapsedTime(0, shortest).TotalSeconds);
    }
}

/// <summary>The speed of the scorer alone.</summary>
/// <param name="PairsPerSecond">Candidate × behaviour pairs, all threads together.</param>
/// <param name="ProcessorPerRanking">The processor time per request, without that of other programs.</param>
/// <param name="ShortestRun">The shortest time of a batch, which other programs interrupted least.</param>
internal readonly record struct ScorerSpeed(double PairsPerSecond, TimeSpan ProcessorPerRanking, TimeSpan ShortestRun);
