using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.TestShop;

namespace DinOrleans.Grains.Tests.Scoring;

/// <summary>An untrained version, loaded, and requests for it.</summary>
internal sealed class BatchFixture : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("batch-").FullName;

    public BatchFixture(Func<IScorer, IScorer>? wrap = null)
    {
        Artifact artifact = Artifact.Open(UntrainedArtifact.Write(_folder, SmallShop.Schema, SmallShop.Values));
        IScorer scorer = OnnxScorer.Load(artifact.ScorerPath, artifact.Layout, new ScoringOptions());
        Model = new LoadedModel(artifact, wrap?.Invoke(scorer) ?? scorer);
        Lease = Model.TryLease()!;
    }

    public LoadedModel Model { get; }

    /// <summary>A lease that lasts as long as the fixture.</summary>
    public ModelLease Lease { get; }

    public ScoreLayout Layout => Model.Layout;

    /// <summary>A request of random vectors.</summary>
    public ScoreRequest Request(int history, int candidates, int seed, bool explain = false)
    {
        var random = new Random(seed);
        FloatBlock Numbers(int count) => new([.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)]);
        return new ScoreRequest
        {
            ModelVersion = Model.Version,
            Behaviours = Numbers(history * Layout.ItemWidth),
            Candidates = Numbers(candidates * Layout.ItemWidth),
            CandidateBias = Numbers(candidates),
            Profile = Numbers(Layout.ProfileWidth),
            Context = Numbers(Layout.ContextWidth),
            HistoryLength = history,
            CandidateCount = candidates,
            Explain = explain,
        };
    }

    public void Dispose()
    {
        Lease.Dispose();
        Model.Retire();
        Directory.Delete(_folder, recursive: true);
    }
}
