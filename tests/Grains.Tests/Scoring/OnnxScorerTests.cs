using DinOrleans.Export.Onnx;
using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Grains.Tests.Scoring;

public sealed class OnnxScorerTests
{
    private const int Candidates = 90;
    private const int History = 7;
    private const float Tolerance = 1e-5f;

    private static readonly ScoreLayout Layout = new(ItemWidth: 18, ProfileWidth: 3, ContextWidth: 2, TaskCount: 2);

    /// <summary>Few candidates and many take different ways through the graph.</summary>
    [Theory]
    [InlineData("both")]
    [InlineData("product")]
    public void Score_ManyCandidatesTogether_EqualsEachAlone(string interaction)
    {
        var model = (Din)RankingModels.Create(Din.Name, Layout, $$"""{ "interaction": "{{interaction}}" }""");
        string graph = Path.GetTempFileName();
        File.WriteAllBytes(graph, OnnxExporter.Export(model, Layout, InitialParameters.Draw(model, seed: 3)));
        try
        {
            using OnnxScorer scorer = OnnxScorer.Load(graph, Layout, new ScoringOptions());
            ScoreRequest all = Request(0, Candidates);
            ScoreResult together = Score(scorer, all);
            for (int n = 0; n < Candidates; n++)
            {
                ScoreResult alone = Score(scorer, Request(n, 1));
                AssertEqual(alone.Scores.Span, together.Scores.Span.Slice(n * Layout.TaskCount, Layout.TaskCount));
                AssertEqual(alone.Attention!.Span, together.Attention!.Span.Slice(n * History, History));
            }
        }
        finally
        {
            File.Delete(graph);
        }
    }

    private static ScoreResult Score(OnnxScorer scorer, ScoreRequest request)
    {
        var batch = new ScoreBatch();
        batch.Pack([request], Layout);
        scorer.Score(batch, attention: true);
        return batch.Unpack(0, request, attention: true);
    }

    private static void AssertEqual(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerance);
        }
    }

    /// <summary>Some of the same candidates, for the same user.</summary>
    private static ScoreRequest Request(int first, int count) => new()
    {
        ModelVersion = "v1",
        Behaviours = Numbers(1, 0, History * Layout.ItemWidth),
        Candidates = Numbers(2, first * Layout.ItemWidth, count * Layout.ItemWidth),
        CandidateBias = Numbers(3, first, count),
        Profile = Numbers(4, 0, Layout.ProfileWidth),
        Context = Numbers(5, 0, Layout.ContextWidth),
        HistoryLength = History,
        CandidateCount = count,
        Explain = true,
    };

    private static FloatBlock Numbers(int seed, int start, int count)
    {
        var random = new Random(seed);
        float[] numbers = [.. Enumerable.Range(0, start + count).Select(_ => random.NextSingle() - 0.5f)];
        return new(numbers[start..]);
    }
}
