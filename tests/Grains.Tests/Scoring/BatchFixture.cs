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
        Model = new LoadedModel(artifact, new ChosenScorer(wrap?.Invoke(scorer) ?? scorer, "The test chose it."));
        Lease = Model.TryLease()!;
    }

    public LoadedModel Model { get; }

    /// <summary>A lease that lasts as long as the fixture.</summary>
    public ModelLease Lease { get; }

    public ScoreLayout Layout => Model.Layout;

    /// <summary>Makes a request of random vectors for the version.</summary>
    public ScoreRequest Request(int history, int candidates, int seed, bool explain = false) =>
        RandomRequest.Create(Layout, candidates, history, seed, Model.Version, explain);

    public void Dispose()
    {
        Lease.Dispose();
        Model.Retire();
        Directory.Delete(_folder, recursive: true);
    }
}
