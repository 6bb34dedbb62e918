using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Grains.Scoring;

/// <summary>
/// A model version in this silo's memory. Its owner holds it from the start and each ranking leases it; when the owner has let
/// go and the last lease ends, its session and tables are released.
/// </summary>
public sealed class LoadedModel
{
    private readonly IScorer? _scorer;
    private int _holders = 1;

    public LoadedModel(Artifact artifact, IScorer? scorer)
    {
        Artifact = artifact;
        _scorer = scorer;
        TaskNames = [.. artifact.Tasks.Select(t => t.Name)];
        RankingScore = RankingScore.Create(artifact.Manifest.Schema);
    }

    public Artifact Artifact { get; }

    public string Version => Artifact.Manifest.Version;

    /// <summary>One score each.</summary>
    public IReadOnlyList<string> TaskNames { get; }

    /// <summary>Makes one score of the tasks', as the version was evaluated.</summary>
    public RankingScore RankingScore { get; }

    public ScoreLayout Layout => Artifact.Layout;

    /// <summary>The scorer.</summary>
    /// <exception cref="InvalidOperationException">This silo does not score.</exception>
    public IScorer Scorer => _scorer ?? throw new InvalidOperationException("This silo has no accelerator and cannot score.");

    /// <summary>Whether only the owner holds it.</summary>
    public bool IsIdle => Volatile.Read(ref _holders) <= 1;

    /// <summary>Whether rankings of this silo's users have used it.</summary>
    internal bool WasActive { get; set; }

    /// <summary>Leases the version; null where it has been released.</summary>
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

    /// <summary>The owner lets go.</summary>
    internal void Retire() => Release();

    internal void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            _scorer?.Dispose();
            Artifact.Dispose();

            // On another thread, because the last ranking with the version ends on a grain's scheduler.
            ThreadPool.UnsafeQueueUserWorkItem(_ => NativeMemory.Trim(), null);
        }
    }
}

/// <summary>Keeps a version loaded while a ranking uses it. Disposing twice releases once.</summary>
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
