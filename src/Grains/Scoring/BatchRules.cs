namespace DinOrleans.Grains.Scoring;

/// <summary>Decides which requests share a batch: those of one model version, within the allowed pairs and padding.</summary>
/// <param name="MaxPairs">The most pairs of candidate and behaviour in a batch, padding included.</param>
/// <param name="MaxPadding">The share of the pairs that may be padding, 0..1.</param>
internal readonly record struct BatchRules(int MaxPairs, double MaxPadding)
{
    /// <summary>True if a request fits into a batch. Gives the shape of the batch with it.</summary>
    public bool Fits(BatchShape batch, PendingScore request, out BatchShape grown)
    {
        grown = batch.With(request);
        return ReferenceEquals(batch.Model, request.Model)
            && grown.PaddedPairs <= MaxPairs
            && grown.Pairs >= (1 - MaxPadding) * grown.PaddedPairs;
    }
}

/// <summary>The shape of a batch.</summary>
internal readonly record struct BatchShape(LoadedModel Model, int Requests, int HistoryLength, int CandidateCount, long Pairs)
{
    public long PaddedPairs => (long)Requests * HistoryLength * CandidateCount;

    public static BatchShape Start(PendingScore request) => new BatchShape(request.Model, 0, 1, 0, 0).With(request);

    public BatchShape With(PendingScore request) => this with
    {
        Requests = Requests + 1,
        HistoryLength = Math.Max(HistoryLength, request.Request.HistoryLength),
        CandidateCount = Math.Max(CandidateCount, request.Request.CandidateCount),
        Pairs = Pairs + request.Pairs,
    };
}
