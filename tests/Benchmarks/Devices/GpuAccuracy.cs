using System.Globalization;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets;
using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Metrics;
using DinOrleans.Model.Schema;

namespace DinOrleans.Benchmarks.Devices;

/// <summary>Measures what reduced precision costs: the AUC of a trained version on held-out pairs, scored in each way.</summary>
internal static class GpuAccuracy
{
    private const int UsersPerBatch = 64;
    private const int CandidatesPerUser = 3;

    /// <summary>Prints a row per way to score.</summary>
    /// <param name="accelerator">The accelerator that scores.</param>
    /// <param name="version">Folder of the version, which has one task.</param>
    /// <param name="dataset">Folder of the dataset.</param>
    /// <param name="pairs">A file of user, positive, negative, popular_negative; the history is what precedes the user's last event.</param>
    public static void Print(Accelerator accelerator, string version, string dataset, string pairs)
    {
        using Artifact artifact = Artifact.Open(version);
        DatasetFolder folder = DatasetFolder.Open(dataset);
        Dictionary<string, IReadOnlyDictionary<string, string>> items = folder.ReadItems().ToDictionary(i => i.ItemId, i => i.Features);
        ILookup<string, BehaviourEvent> events = folder.ReadEvents().ToLookup(e => e.UserId);
        string[][] rows = [.. File.ReadLines(pairs).Skip(1).Select(line => line.Split(','))];
        ScoreRequest[] requests = [.. rows.Select(row => Request(artifact, items, [.. events[row[0]]], row[1..]))];
        Console.WriteLine("| scorer | users | AUC, uniform negatives | AUC, popular negatives | largest difference of a score |");
        Console.WriteLine("|---|---:|---:|---:|---:|");
        float[] reference = [];
        foreach ((string name, ScoringOptions options) in (IEnumerable<(string, ScoringOptions)>)
            [("ONNX Runtime, processor", new ScoringOptions { Kernel = ScoringKernel.OnnxRuntime }), .. GpuCommand.Ways(accelerator)])
        {
            using IScorer scorer = Scorers.Load(artifact, options).Scorer;
            float[] scores = Scores(artifact, scorer, requests);
            reference = reference.Length == 0 ? scores : reference;
            float difference = scores.Zip(reference, (a, b) => MathF.Abs(a - b)).Max();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {name} | {requests.Length} | {Auc(scores, 1):F6} | {Auc(scores, 2):F6} | {difference:E1} |"));
        }

        Console.WriteLine();
    }

    private static ScoreRequest Request(
        Artifact artifact, Dictionary<string, IReadOnlyDictionary<string, string>> items, BehaviourEvent[] events, string[] candidates)
    {
        BehaviourEvent[] history = [.. events.OrderBy(e => e.Timestamp).SkipLast(1).TakeLast(artifact.Manifest.Schema.Behaviours.MaxLength)];
        return new()
        {
            ModelVersion = artifact.Manifest.Version,
            Behaviours = Vectors(artifact, items, [.. history.Select(e => e.ItemId)]),
            Candidates = Vectors(artifact, items, candidates),
            CandidateBias = new(new float[candidates.Length]),
            Profile = new(new float[artifact.Layout.ProfileWidth]),
            Context = new(new float[artifact.Layout.ContextWidth]),
            HistoryLength = history.Length,
            CandidateCount = candidates.Length,
        };
    }

    private static FloatBlock Vectors(Artifact artifact, Dictionary<string, IReadOnlyDictionary<string, string>> items, string[] ids)
    {
        int d = artifact.Layout.ItemWidth;
        float[] vectors = new float[ids.Length * d];
        for (int i = 0; i < ids.Length; i++)
        {
            var features = new Dictionary<string, string>(items[ids[i]]) { [FeatureSchema.ItemId] = ids[i] };
            artifact.Items.Write(artifact.Items.Encode(features), vectors.AsSpan(i * d, d));
        }

        return new(vectors);
    }

    private static float[] Scores(Artifact artifact, IScorer scorer, ScoreRequest[] requests)
    {
        var batch = new ScoreBatch();
        List<float> scores = [];
        foreach (ScoreRequest[] some in requests.Chunk(UsersPerBatch))
        {
            batch.Pack(some, artifact.Layout);
            scorer.Score(batch, attention: false);
            for (int i = 0; i < some.Length; i++)
            {
                scores.AddRange(batch.Unpack(i, some[i], attention: false).Scores.Span);
            }
        }

        return [.. scores];
    }

    /// <summary>AUC of the positives against one of their negatives.</summary>
    private static double Auc(float[] scores, int negative)
    {
        float[] compared = [.. scores.Chunk(CandidatesPerUser).SelectMany(s => (float[])[s[0], s[negative]])];
        bool[] labels = [.. Enumerable.Range(0, compared.Length).Select(i => i % 2 == 0)];
        return RankingMetrics.Auc(compared, labels);
    }
}
