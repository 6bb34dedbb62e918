namespace DinOrleans.Grains.Scoring;

/// <summary>The score half of one loaded model version. Safe for concurrent use.</summary>
public interface IScorer : IDisposable
{
    /// <summary>Whether the model weighs behaviours by candidate.</summary>
    bool HasAttention { get; }

    /// <summary>Scores a packed batch, filling its scores, and its attention where <paramref name="attention"/> is set.</summary>
    void Score(ScoreBatch batch, bool attention);
}
