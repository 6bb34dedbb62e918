namespace DinOrleans.Grains.Scoring;

/// <summary>The scorer of a version, and why it was chosen.</summary>
/// <param name="Scorer">The scorer, which the choice's owner disposes.</param>
/// <param name="Reason">A sentence that says why.</param>
public sealed record ChosenScorer(IScorer Scorer, string Reason) : IDisposable
{
    /// <summary>True where the settings ask for the fused kernel and the version has no form that it scores.</summary>
    public bool IsFallback { get; init; }

    /// <summary>How long each scorer took per batch in the trial. Empty where there was no trial.</summary>
    public IReadOnlyList<TrialTime> Trial { get; init; } = [];

    /// <inheritdoc/>
    public void Dispose() => Scorer.Dispose();
}

/// <summary>How long a scorer took for a batch of one shape.</summary>
/// <param name="Kernel">What computed.</param>
/// <param name="Shape">Candidates x behaviours of each request, for example "100x50".</param>
/// <param name="Shortest">The shortest time of a batch.</param>
public sealed record TrialTime(string Kernel, string Shape, TimeSpan Shortest);
