using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Grains.Scoring;

/// <summary>
/// A model version in the memory of this silo. Its owner holds it from the start, and each ranking leases it. When the owner has retired it and the
/// last lease has ended, its session and tables are released.
/// </summary>
public sealed class LoadedModel
{
    private int _holders = 1;

    /// <param name="artifact">The version's files, which the model disposes.</param>
    /// <param name="chosen">The version's scorer, which the model disposes. Null on a silo that does not score.</param>
    public LoadedModel(Artifact artifact, ChosenScorer? chosen)
    {
        Artifact = artifact;
        Chosen = chosen;
        TaskNames = [.. artifact.Tasks.Select(t => t.Name)];
        RankingScore = RankingScore.Create(artifact.Manifest.Schema);
    }

    public Artifact Artifact { get; }

    public string Version => Artifact.Manifest.Version;

    /// <summary>The names of the tasks, in the order of the scores, [K].</summary>
    public IReadOnlyList<string> TaskNames { get; }

    /// <summary>Makes the ranking score of the tasks' scores, by the rule that the version was evaluated with.</summary>
    public RankingScore RankingScore { get; }

    public ScoreLayout Layout => Artifact.Layout;

    /// <summary>What scores the version and why. Null on a silo that does not score.</summary>
    public ChosenScorer? Chosen { get; }

    /// <summary>Scores batches with this version.</summary>
    /// <exception cref="InvalidOperationException">This silo does not score.</exception>
    public IScorer Scorer => Chosen?.Scorer ?? throw new InvalidOperationException("This silo has no accelerator and cannot score.");

    /// <summary>True if no ranking leases it.</summary>
    public bool IsIdle => Volatile.Read(ref _holders) <= 1;

    /// <summary>True if it has been the active version on this silo.</summary>
    internal bool WasActive { get; set; }

    /// <summary>Leases the version. Null where it has been released.</summary>
    public ModelLease? TryLease()
    {
        int holders = Volatile.Read(ref _holders);
        while (holders > 0)
        {
            int seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
            {
                return new ModelLease(this);
            }

            holders = seen;
        }

        return null;
    }

    /// <summary>Ends the hold of the owner.</summary>
    internal void Retire() => Release();

    internal void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            Chosen?.Dispose();
            Artifact.Dispose();

            // On another thread, because the last ranking with the version ends on a grain's scheduler.
            ThreadPool.UnsafeQueueUserWorkItem(_ => NativeMemory.Trim(), null);
        }
    }
}

/// <summary>Keeps a version loaded while a ranking uses it. Disposing it twice releases it once.</summary>
public sealed class ModelLease : IDisposable
{
    private LoadedModel? _held;

    internal ModelLease(LoadedModel model)
    {
        Model = model;
        _held = model;
    }

    public LoadedModel Model { get; }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _held, null)?.Release();
}
