namespace DinOrleans.Grains.Scoring;

/// <summary>Computes the scores of one loaded model version. It is safe for concurrent use.</summary>
public interface IScorer : IDisposable
{
    /// <summary>What computes, for example "ONNX Runtime" or "fused, AVX2".</summary>
    string Kernel { get; }

    /// <summary>True if the model has attention weights.</summary>
    bool HasAttention { get; }

    /// <summary>Scores a packed batch. It fills the scores and, where <paramref name="attention"/> is true, the attention weights.</summary>
    void Score(ScoreBatch batch, bool attention);
}
