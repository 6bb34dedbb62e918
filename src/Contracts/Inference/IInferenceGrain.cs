namespace DinOrleans.Contracts.Inference;

/// <summary>Scores candidates against a history on a silo that has the accelerator. Keys only spread load.</summary>
[Alias("DinOrleans.IInferenceGrain")]
public interface IInferenceGrain : IGrainWithIntegerKey
{
    /// <summary>Scores in the next batch.</summary>
    /// <exception cref="OverloadedException">The queue is full.</exception>
    /// <exception cref="DeadlineExceededException">The deadline passed while it was queued.</exception>
    /// <exception cref="ModelVersionNotLoadedException">The silo does not hold the version; ask again with the active one.</exception>
    [Alias("Score")]
    Task<ScoreResult> ScoreAsync([Immutable] ScoreRequest request, CancellationToken cancellationToken = default);
}

/// <summary>One ranking to score: H behaviours, N candidates, vectors of d floats made with one model version.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.ScoreRequest")]
public sealed record ScoreRequest
{
    [Id(0)]
    public required string ModelVersion { get; init; }

    /// <summary>[H, d], oldest first, the main sequence before each other one; empty for a user without history.</summary>
    [Id(1)]
    public required FloatBlock Behaviours { get; init; }

    /// <summary>[N, d].</summary>
    [Id(2)]
    public required FloatBlock Candidates { get; init; }

    /// <summary>[N], the item bias.</summary>
    [Id(3)]
    public required FloatBlock CandidateBias { get; init; }

    /// <summary>[p], the profile's embedding rows and normalised numbers.</summary>
    [Id(4)]
    public required FloatBlock Profile { get; init; }

    /// <summary>[c], the context's embedding rows and normalised numbers.</summary>
    [Id(5)]
    public required FloatBlock Context { get; init; }

    /// <summary>H, of all sequences together.</summary>
    [Id(6)]
    public required int HistoryLength { get; init; }

    /// <summary>N, 1 to 1,000.</summary>
    [Id(7)]
    public required int CandidateCount { get; init; }

    [Id(8)]
    public bool Explain { get; init; }

    /// <summary>True for bulk scoring: the request is scored only when no interactive one is waiting.</summary>
    [Id(10)]
    public bool Background { get; init; }

    /// <summary>[S] how many of the H are of each sequence beside the main one; empty where the model has only the main one.</summary>
    [Id(11)]
    public int[] SequenceLengths { get; init; } = [];

    /// <summary>How long the scores are of use from the moment the request was sent; null for the limit of the silo that scores.</summary>
    [Id(12)]
    public TimeSpan? TimeLeft { get; init; }
}

/// <summary>Scores of one request, in arrays that are never reused.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.ScoreResult")]
public sealed record ScoreResult
{
    /// <summary>[N, K] probabilities, one column a task.</summary>
    [Id(0)]
    public required FloatBlock Scores { get; init; }

    /// <summary>[N, H] attention weights where asked for.</summary>
    [Id(1)]
    public FloatBlock? Attention { get; init; }
}
