namespace DinOrleans.Grains.Scoring;

/// <summary>One ranking to score: H behaviours and N candidates, as vectors of d floats that one model version made.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.ScoreRequest")]
public sealed record ScoreRequest
{
    /// <summary>The version that made the vectors and scores them.</summary>
    [Id(0)]
    public required string ModelVersion { get; init; }

    /// <summary>The vectors of the behaviours, [H, d]: the main sequence, then each other one, oldest first in each. Empty where H is 0.</summary>
    [Id(1)]
    public required FloatBlock Behaviours { get; init; }

    /// <summary>The vectors of the candidates, [N, d].</summary>
    [Id(2)]
    public required FloatBlock Candidates { get; init; }

    /// <summary>The item bias of each candidate, [N].</summary>
    [Id(3)]
    public required FloatBlock CandidateBias { get; init; }

    /// <summary>The profile's embedding rows and scaled numbers, [p].</summary>
    [Id(4)]
    public required FloatBlock Profile { get; init; }

    /// <summary>The context's embedding rows and scaled numbers, [c].</summary>
    [Id(5)]
    public required FloatBlock Context { get; init; }

    /// <summary>H, the number of behaviours of all sequences together.</summary>
    [Id(6)]
    public required int HistoryLength { get; init; }

    /// <summary>N, the number of candidates, 1 to 1,000.</summary>
    [Id(7)]
    public required int CandidateCount { get; init; }

    /// <summary>True to return attention weights as well.</summary>
    [Id(8)]
    public bool Explain { get; init; }

    /// <summary>True for bulk scoring: the request is scored only when no interactive request is waiting.</summary>
    [Id(10)]
    public bool Background { get; init; }

    /// <summary>The number of behaviours of each sequence besides the main one, [S]. Empty where the model has only the main sequence.</summary>
    [Id(11)]
    public int[] SequenceLengths { get; init; } = [];

    /// <summary>
    /// How long the scores are of use, counted from the moment the request was sent. Null for <see cref="ScoringOptions.DefaultDeadline"/> of
    /// the silo that scores.
    /// </summary>
    [Id(12)]
    public TimeSpan? TimeLeft { get; init; }
}

/// <summary>The scores of one request, in arrays that are never reused.</summary>
[GenerateSerializer, Immutable, Alias("DinOrleans.ScoreResult")]
public sealed record ScoreResult
{
    /// <summary>The probabilities, [N, K]: one column per task.</summary>
    [Id(0)]
    public required FloatBlock Scores { get; init; }

    /// <summary>The attention weights, [N, H]. Null where the request did not ask for them, and where the model has no attention.</summary>
    [Id(1)]
    public FloatBlock? Attention { get; init; }
}
