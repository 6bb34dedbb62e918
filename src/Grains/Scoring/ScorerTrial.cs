using System.Globalization;
using DinOrleans.Model.Artifacts;

namespace DinOrleans.Grains.Scoring;

/// <summary>
/// Times scorers of one version in turns, on batches of the shapes that rankings have. It takes tens of milliseconds: each batch is repeated until the
/// time for its shape is over, and at least once per scorer.
/// </summary>
internal static class ScorerTrial
{
    private const int WarmRuns = 2;
    private const int MostRounds = 25;

    /// <summary>Requests per batch, candidates, and behaviours, of which a version's histories may hold fewer.</summary>
    private static readonly (int Requests, int Candidates, int Behaviours)[] Shapes = [(4, 20, 20), (1, 100, 50)];

    /// <summary>How long the rounds of one shape take. The last round ends after it.</summary>
    private static readonly TimeSpan TimePerShape = TimeSpan.FromMilliseconds(20);

    /// <summary>Times the scorers.</summary>
    /// <param name="artifact">The version.</param>
    /// <param name="scorers">The scorers.</param>
    /// <returns>One time per shape and scorer, in the order of shapes and then of scorers.</returns>
    public static IReadOnlyList<TrialTime> Run(Artifact artifact, params ReadOnlySpan<IScorer> scorers)
    {
        var times = new List<TrialTime>();
        var batch = new ScoreBatch();
        foreach ((int requests, int candidates, int behaviours) in Shapes)
        {
            ScoreRequest request = ZeroRequest.Create(artifact, candidates, behaviours);
            batch.Pack([.. Enumerable.Repeat(request, requests)], artifact.Layout);
            long[] shortest = Shortest(batch, scorers);
            for (int i = 0; i < scorers.Length; i++)
            {
                string shape = string.Create(CultureInfo.InvariantCulture, $"{candidates}x{request.HistoryLength}");
                times.Add(new(scorers[i].Kernel, shape, TimeProvider.System.GetElapsedTime(0, shortest[i])));
            }
        }

        return times;
    }

    /// <summary>The scorer whose times are shorter over all shapes, each of which counts the same.</summary>
    /// <param name="times">The times of two scorers.</param>
    /// <param name="first">What the first scorer computes with.</param>
    /// <returns>True for the first scorer.</returns>
    public static bool IsFirstFaster(IReadOnlyList<TrialTime> times, string first) =>
        times.Sum(t => (t.Kernel == first ? 1 : -1) * Math.Log(Math.Max(t.Shortest.TotalMicroseconds, double.Epsilon))) <= 0;

    /// <summary>Says how long each scorer took, for example "fused, AVX2 took 0.12 ms at 20x20 and 1.2 ms at 100x50".</summary>
    /// <param name="times">The times.</param>
    /// <param name="kernel">What computed.</param>
    public static string Describe(IReadOnlyList<TrialTime> times, string kernel) => $"{kernel} took " + string.Join(
        " and ", times.Where(t => t.Kernel == kernel).Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Shortest.TotalMilliseconds:0.000} ms at {t.Shape}")));

    private static long[] Shortest(ScoreBatch batch, ReadOnlySpan<IScorer> scorers)
    {
        foreach (IScorer scorer in scorers)
        {
            for (int i = 0; i < WarmRuns; i++)
            {
                scorer.Score(batch, attention: false);
            }
        }

        // The time of code is measured by the system's clock, also where tests set the time of day.
        TimeProvider clock = TimeProvider.System;
        long[] shortest = new long[scorers.Length];
        Array.Fill(shortest, long.MaxValue);
        long start = clock.GetTimestamp();
        for (int round = 0; round == 0 || (round < MostRounds && clock.GetElapsedTime(start) < TimePerShape); round++)
        {
            for (int i = 0; i < scorers.Length; i++)
            {
                long before = clock.GetTimestamp();
                scorers[i].Score(batch, attention: false);
                shortest[i] = Math.Min(shortest[i], clock.GetTimestamp() - before);
            }
        }

        return shortest;
    }
}
