using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using Microsoft.ML.OnnxRuntime;

namespace DinOrleans.Parity.Tests;

/// <summary>Scores with an exported graph.</summary>
internal static class OnnxScorer
{
    public static (float[] Scores, float[]? Attention) Score(byte[] graph, ScoreLayout layout, RandomInputs inputs)
    {
        using var session = new InferenceSession(graph);
        Dictionary<string, OrtValue> feeds = new()
        {
            [ScorerGraph.Behaviours] = Tensor(inputs.Behaviours, RandomInputs.Rankings, RandomInputs.History, layout.ItemWidth),
            [ScorerGraph.Mask] = Tensor(inputs.Mask, RandomInputs.Rankings, RandomInputs.History),
            [ScorerGraph.SequenceMask] = Tensor(inputs.SequenceMask, RandomInputs.Rankings, RandomInputs.History, layout.Sequences.Count),
            [ScorerGraph.Candidates] = Tensor(inputs.CandidateVectors, RandomInputs.Rankings, RandomInputs.Candidates, layout.ItemWidth),
            [ScorerGraph.CandidateBias] = Tensor(inputs.Bias, RandomInputs.Rankings, RandomInputs.Candidates, 1),
            [ScorerGraph.Profile] = Tensor(inputs.Profile, RandomInputs.Rankings, layout.ProfileWidth),
            [ScorerGraph.Context] = Tensor(inputs.Context, RandomInputs.Rankings, layout.ContextWidth),
        };
        try
        {
            var asked = feeds.Where(f => session.InputMetadata.ContainsKey(f.Key)).ToDictionary();
            using var options = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, asked, session.OutputNames);
            var byName = session.OutputNames.Zip(outputs).ToDictionary(p => p.First, p => p.Second.GetTensorDataAsSpan<float>().ToArray());
            return (byName[ScorerGraph.Scores], byName.GetValueOrDefault(ScorerGraph.Attention));
        }
        finally
        {
            foreach (OrtValue feed in feeds.Values)
            {
                feed.Dispose();
            }
        }
    }

    private static OrtValue Tensor(float[] data, params long[] shape) => OrtValue.CreateTensorValueFromMemory(data, shape);
}
