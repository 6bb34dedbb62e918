using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using Microsoft.ML.OnnxRuntime;

namespace DinOrleans.Grains.Scoring;

/// <summary>Runs a scorer graph on ONNX Runtime.</summary>
public sealed class OnnxScorer : IScorer
{
    private static readonly string[] ScoresOnly = [ScorerGraph.Scores];
    private static readonly string[] ScoresAndAttention = [ScorerGraph.Scores, ScorerGraph.Attention];

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly string[] _inputs;

    private OnnxScorer(InferenceSession session, ScoreLayout layout)
    {
        _session = session;
        HasAttention = session.OutputMetadata.ContainsKey(ScorerGraph.Attention);
        List<string> inputs = [ScorerGraph.Behaviours, ScorerGraph.Mask, ScorerGraph.Candidates, ScorerGraph.CandidateBias];
        if (layout.ProfileWidth > 0)
        {
            inputs.Add(ScorerGraph.Profile);
        }

        if (layout.ContextWidth > 0)
        {
            inputs.Add(ScorerGraph.Context);
        }

        if (layout.Sequences.Count > 0)
        {
            inputs.Add(ScorerGraph.SequenceMask);
        }

        // A graph may leave inputs unused, for example the item bias. ONNX Runtime accepts only the inputs that the graph kept.
        _inputs = [.. inputs.Where(session.InputMetadata.ContainsKey)];
    }

    /// <inheritdoc/>
    public string Kernel => "ONNX Runtime";

    /// <inheritdoc/>
    public bool HasAttention { get; }

    /// <summary>Makes a scorer of a graph.</summary>
    /// <param name="path">The path of the graph.</param>
    /// <param name="layout">The widths of the vectors that the graph scores.</param>
    /// <param name="options">The settings of scoring.</param>
    /// <param name="device">The number of the GPU. Only used where the accelerator is a GPU.</param>
    /// <exception cref="ArtifactException">ONNX Runtime cannot load the graph.</exception>
    public static OnnxScorer Load(string path, ScoreLayout layout, ScoringOptions options, int device = 0)
    {
        using SessionOptions session = ScoringDevice.SessionOptions(options, device);
        try
        {
            return new(new InferenceSession(path, session), layout);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ArtifactException(path, "ONNX Runtime refuses it: " + e.Message, e);
        }
    }

    /// <inheritdoc/>
    public void Score(ScoreBatch batch, bool attention)
    {
        bool withAttention = attention && HasAttention;
        if (withAttention)
        {
            batch.PrepareAttention();
        }

        var values = new OrtValue[_inputs.Length];
        var outputs = new OrtValue[withAttention ? 2 : 1];
        try
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = Input(_inputs[i], batch);
            }

            outputs[0] = Tensor(batch.Scores, batch.Requests, batch.CandidateCount, batch.Layout.TaskCount);
            if (withAttention)
            {
                outputs[1] = Tensor(batch.Attention, batch.Requests, batch.CandidateCount, batch.HistoryLength);
            }

            _session.Run(_run, _inputs, values, withAttention ? ScoresAndAttention : ScoresOnly, outputs);
        }
        finally
        {
            Release(values);
            Release(outputs);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _run.Dispose();
    }

    private static OrtValue Input(string name, ScoreBatch batch) => name switch
    {
        ScorerGraph.Behaviours => Tensor(batch.Behaviours, batch.Requests, batch.HistoryLength, batch.Layout.ItemWidth),
        ScorerGraph.Mask => Tensor(batch.Mask, batch.Requests, batch.HistoryLength),
        ScorerGraph.SequenceMask => Tensor(batch.SequenceMask, batch.Requests, batch.HistoryLength, batch.Layout.Sequences.Count),
        ScorerGraph.Candidates => Tensor(batch.Candidates, batch.Requests, batch.CandidateCount, batch.Layout.ItemWidth),
        ScorerGraph.CandidateBias => Tensor(batch.CandidateBias, batch.Requests, batch.CandidateCount, 1),
        ScorerGraph.Profile => Tensor(batch.Profile, batch.Requests, batch.Layout.ProfileWidth),
        ScorerGraph.Context => Tensor(batch.Context, batch.Requests, batch.Layout.ContextWidth),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The graph has an input that no batch fills."),
    };

    private static OrtValue Tensor(float[] buffer, params ReadOnlySpan<int> shape)
    {
        long[] axes = new long[shape.Length];
        int length = 1;
        for (int i = 0; i < axes.Length; i++)
        {
            axes[i] = shape[i];
            length *= shape[i];
        }

        return OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.AsMemory(0, length), axes);
    }

    private static void Release(OrtValue?[] values)
    {
        foreach (OrtValue? value in values)
        {
            value?.Dispose();
        }
    }
}
