using System.Globalization;
using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Artifacts;
using DinOrleans.TestShop;

namespace DinOrleans.Benchmarks.Devices;

/// <summary>Scores batches of many shapes on the accelerator and on the processor, for every form of DIN that the fused kernels have.</summary>
internal static class GpuParity
{
    private const float Full = 1e-4f;
    private const float Reduced = 2e-3f;

    private static readonly string[] Options =
    [
        """{ "activation": "dice" }""",
        """{ "activation": "sigmoid", "attentionUnits": [80, 40], "topUnits": [200, 80] }""",
        """{ "activation": "pRelu", "attentionUnits": [36, 20], "topUnits": [100, 50, 25], "useBias": false }""",
        """{ "activation": "relu", "attentionUnits": [33, 17], "topUnits": [7] }""",
        """{ "activation": "dice", "interaction": "difference", "softmax": false }""",
        """{ "activation": "dice", "recency": true, "intensity": true }""",
        """{ "activation": "dice", "interaction": "product", "softmax": true }""",
        """{ "softmax": false }""",
        """{ "attention": "bilinear" }""",
    ];

    /// <summary>Prints a row per form and way to score.</summary>
    /// <returns>True if all are as equal as their precision promises.</returns>
    public static bool Print(Accelerator accelerator)
    {
        Console.WriteLine("| options | scorer | largest difference of a score | of an attention weight |");
        Console.WriteLine("|---|---|---:|---:|");
        bool equal = true;
        foreach (string options in Options)
        {
            string folder = Directory.CreateTempSubdirectory("parity-").FullName;
            try
            {
                using Artifact artifact = Artifact.Open(UntrainedArtifact.Write(folder, SmallShop.Schema, SmallShop.Values, optionsJson: options));
                using var reference = OnnxScorer.Load(artifact.ScorerPath, artifact.Layout, new ScoringOptions());
                foreach ((string name, ScoringOptions way) in GpuCommand.Ways(accelerator))
                {
                    using IScorer scorer = Scorers.Load(artifact, way).Scorer;
                    (float scores, float attention) = Difference(reference, scorer, artifact);
                    float allowed = way.Precision == ScoringPrecision.Full ? Full : Reduced;
                    equal &= scores <= allowed && attention <= 10 * allowed;
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{options}` | {name} ({scorer.GetType().Name}) | {scores:E1} | {attention:E1} |"));
                }
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        Console.WriteLine(equal ? "All are equal within their precision." : "NOT equal within their precision.");
        Console.WriteLine();
        return equal;
    }

    private static (float Scores, float Attention) Difference(OnnxScorer reference, IScorer scorer, Artifact artifact)
    {
        ScoreRequest[] requests =
        [
            RandomRequest.Create(artifact.Layout, candidates: 7, history: 5, seed: 1, explain: true),
            RandomRequest.Create(artifact.Layout, candidates: 1, history: 9, seed: 2, explain: true),
            RandomRequest.Create(artifact.Layout, candidates: 40, history: 0, seed: 3, explain: true),
            RandomRequest.Create(artifact.Layout, candidates: 33, history: 61, seed: 4, explain: true),
        ];
        var expected = new ScoreBatch();
        var actual = new ScoreBatch();
        float scores = 0;
        float attention = 0;
        for (int round = 0; round < 2; round++)
        {
            expected.Pack(requests, artifact.Layout);
            actual.Pack(requests, artifact.Layout);
            reference.Score(expected, attention: true);
            scorer.Score(actual, attention: true);
            for (int r = 0; r < requests.Length; r++)
            {
                ScoreResult right = expected.Unpack(r, requests[r], attention: true);
                ScoreResult found = actual.Unpack(r, requests[r], attention: true);
                scores = Math.Max(scores, Largest(right.Scores, found.Scores));
                attention = Math.Max(attention, Largest(right.Attention!, found.Attention!));
            }
        }

        return (scores, attention);
    }

    /// <summary>The largest difference; infinite where a number is NaN.</summary>
    private static float Largest(FloatBlock expected, FloatBlock actual)
    {
        float largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            float difference = MathF.Abs(expected.Span[i] - actual.Span[i]);
            largest = float.IsNaN(difference) ? float.PositiveInfinity : Math.Max(largest, difference);
        }

        return largest;
    }
}
