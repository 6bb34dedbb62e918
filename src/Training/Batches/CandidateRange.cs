namespace DinOrleans.Training.Batches;

/// <summary>Candidates that follow one another in one ranking of a batch.</summary>
/// <param name="Ranking">The ranking's place in the batch, from 0.</param>
/// <param name="Start">The first candidate, from 0.</param>
/// <param name="Count">The number of candidates, at least 1.</param>
public readonly record struct CandidateRange(int Ranking, int Start, int Count);
