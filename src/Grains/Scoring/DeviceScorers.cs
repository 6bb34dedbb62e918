namespace DinOrleans.Grains.Scoring;

/// <summary>Scores with one version on several devices. Each batch goes to the device of the worker that packed it.</summary>
/// <param name="scorers">One scorer per device, in the order of <see cref="ScoringOptions.Devices"/>. This scorer disposes them.</param>
internal sealed class DeviceScorers(IReadOnlyList<IScorer> scorers) : IScorer
{
    /// <inheritdoc/>
    public string Kernel => scorers[0].Kernel;

    /// <inheritdoc/>
    public bool HasAttention => scorers[0].HasAttention;

    /// <inheritdoc/>
    public void Score(ScoreBatch batch, bool attention) => scorers[batch.Device].Score(batch, attention);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IScorer scorer in scorers)
        {
            scorer.Dispose();
        }
    }
}
