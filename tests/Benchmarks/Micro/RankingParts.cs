using System.IO.Pipelines;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Hosting;
using DinOrleans.Gateway.Rank;
using DinOrleans.Grains.Scoring;
using DinOrleans.Grains.Users;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Benchmarks.Micro;

/// <summary>The parts on a ranking's way, one by one: 100 candidates, 50 behaviours.</summary>
[MemoryDiagnoser]
public class RankingParts
{
    private readonly PipeWriter _answer = PipeWriter.Create(Stream.Null);
    private MicroFixture _fixture = null!;
    private ScoreBatch _batch = null!;
    private RankingScore _score = null!;
    private byte[] _body = null!;
    private Ranking _ranking = null!;

    [GlobalSetup]
    public void Setup()
    {
        _fixture = new MicroFixture();
        _batch = new ScoreBatch();
        _score = RankingScore.Create(_fixture.Model.Artifact.Manifest.Schema);
        _body = JsonSerializer.SerializeToUtf8Bytes(new { userId = "u1", candidates = _fixture.Items.Select(i => new { itemId = i.ItemId }) });
        _ranking = new()
        {
            RankingId = Guid.NewGuid().ToString("N"),
            ModelVersion = _fixture.Model.Version,
            Source = RankingSource.Model,
            HistoryLength = 50,
            Tasks = _fixture.Model.TaskNames,
            Items = RankedItems.ByModel(_fixture.Items, _fixture.Result, _score, 1, new OrderRule(_fixture.Items.Length), [], out _),
        };
    }

    [GlobalCleanup]
    public void Cleanup() => _fixture.Dispose();

    [Benchmark(Description = "JSON in")]
    public object? ReadRequest() => JsonSerializer.Deserialize(_body, RequestJson.Default.RankRequest)!.ToQuery();

    [Benchmark(Description = "JSON out")]
    public Task WriteAnswerAsync() => new RankResponse(_ranking).WriteAsync(_answer, CancellationToken.None);

    [Benchmark(Description = "vector gather")]
    public int Gather()
    {
        CandidateVectors vectors = CandidateVectors.Gather(_fixture.Items, _fixture.Vectors, _fixture.Model.Layout.ItemWidth);
        int length = vectors.Vectors.Length;
        vectors.Return();
        return length;
    }

    [Benchmark(Description = "batch packing")]
    public int Pack()
    {
        _batch.Pack([_fixture.Request], _fixture.Model.Layout);
        return _batch.Requests;
    }

    [Benchmark(Description = "session run")]
    public void Run() => _fixture.Model.Scorer.Score(_fixture.Batch, attention: false);

    [Benchmark(Description = "fused run")]
    public void RunFused() => _fixture.Fused.Score(_fixture.Batch, attention: false);

    [Benchmark(Description = "top-k")]
    public object Rank() => RankedItems.ByModel(_fixture.Items, _fixture.Result, _score, 1, new OrderRule(_fixture.Items.Length), [], out _);
}
