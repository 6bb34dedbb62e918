using System.Globalization;
using System.Text;
using DinOrleans.Benchmarks.Shop;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Items.Columns;
using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Artifacts;
using DinOrleans.Storage.Features;

namespace DinOrleans.Benchmarks.Micro;

/// <summary>What the parts on a ranking's way work on: 100 candidates, 50 behaviours, the plain server's sizes.</summary>
internal sealed class MicroFixture : IDisposable
{
    private const int Candidates = 100;
    private const int History = 50;

    private readonly string _folder = Directory.CreateTempSubdirectory("micro-").FullName;
    private readonly IScorer _fused;

    public MicroFixture()
    {
        var artifact = Artifact.Open(BenchmarkShop.WriteArtifact(_folder, BenchmarkShop.Schema(History)));
        Model = new LoadedModel(artifact, Scorers.Load(artifact, new ScoringOptions { Kernel = ScoringKernel.OnnxRuntime }));
        _fused = Scorers.Load(artifact, new ScoringOptions { Kernel = ScoringKernel.Fused }).Scorer;
        Items = [.. Enumerable.Range(0, Candidates).Select(i => new CatalogueItem(string.Create(CultureInfo.InvariantCulture, $"i{i * 601}"), i))];
        var records = new ItemRecords(BenchmarkShop.Schema(History));
        foreach (CatalogueItem item in Items)
        {
            records.Apply(new() { Revision = 1, ItemId = Encoding.UTF8.GetBytes(item.ItemId), Features = "{}"u8, State = ItemState.Available });
        }

        Vectors = new(records, artifact);
        var random = new Random(1);
        FloatBlock Numbers(int count) => new([.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)]);
        Request = new()
        {
            ModelVersion = Model.Version,
            Behaviours = Numbers(History * Model.Layout.ItemWidth),
            Candidates = Numbers(Candidates * Model.Layout.ItemWidth),
            CandidateBias = Numbers(Candidates),
            Profile = FloatBlock.Empty,
            Context = FloatBlock.Empty,
            HistoryLength = History,
            CandidateCount = Candidates,
        };
        Result = new() { Scores = Numbers(Candidates) };
        Batch.Pack([Request], Model.Layout);
    }

    public LoadedModel Model { get; }

    public IScorer Fused => _fused;

    public CatalogueItem[] Items { get; }

    public ItemVectors Vectors { get; }

    public ScoreRequest Request { get; }

    public ScoreResult Result { get; }

    public ScoreBatch Batch { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Model.Scorer.Dispose();
        _fused.Dispose();
        Model.Artifact.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
