using DinOrleans.Export.Onnx.Wire;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Tensors;
using Google.Protobuf;

namespace DinOrleans.Export.Onnx;

/// <summary>Writes the score half of a model as an ONNX graph.</summary>
public static class OnnxExporter
{
    private const int IrVersion = 8;
    private const int OperatorSet = 17;

    /// <summary>Builds the <see cref="ScorerGraph"/> of a model with its trained values.</summary>
    /// <param name="model">The model.</param>
    /// <param name="layout">The widths of the vectors that the model scores.</param>
    /// <param name="parameters">Every parameter and moving statistic by name.</param>
    /// <returns>The bytes of an <c>.onnx</c> file.</returns>
    /// <exception cref="InvalidOperationException">A parameter is missing or has another shape.</exception>
    public static byte[] Export(IRankingModel model, ScoreLayout layout, IReadOnlyDictionary<string, ParameterValue> parameters)
    {
        var ops = new OnnxTensorOps(parameters);
        var inputs = new ScoreInputs<OnnxValue>(
            ops.Input(ScorerGraph.Behaviours, "R", "H", layout.ItemWidth),
            ops.Input(ScorerGraph.Mask, "R", "H"),
            ops.Input(ScorerGraph.Candidates, "R", "N", layout.ItemWidth),
            default,
            ops.Input(ScorerGraph.CandidateBias, "R", "N", 1),
            layout.ProfileWidth > 0 ? ops.Input(ScorerGraph.Profile, "R", layout.ProfileWidth) : default,
            layout.ContextWidth > 0 ? ops.Input(ScorerGraph.Context, "R", layout.ContextWidth) : default,
            SequenceMask: layout.Sequences.Count > 0 ? ops.Input(ScorerGraph.SequenceMask, "R", "H", layout.Sequences.Count) : default);
        ScoreOutputs<OnnxValue> outputs = model.Score(ops, inputs);
        ops.Output(ops.Sigmoid(outputs.Logits), ScorerGraph.Scores, "R", "N", layout.TaskCount);
        if (outputs.HasAttention)
        {
            ops.Output(outputs.Attention, ScorerGraph.Attention, "R", "N", "H");
        }

        var file = new ModelProto { IrVersion = IrVersion, ProducerName = "DinOrleans", Graph = ops.Graph };
        file.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OperatorSet });
        return file.ToByteArray();
    }
}
