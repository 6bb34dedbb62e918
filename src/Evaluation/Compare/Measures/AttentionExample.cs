namespace DinOrleans.Evaluation.Compare.Measures;

/// <summary>How a model weighed the behaviours of one ranking.</summary>
/// <param name="User">User id.</param>
/// <param name="Behaviours">Items, oldest first, each with its features.</param>
/// <param name="Candidates">What they were weighed for.</param>
public sealed record AttentionExample(string User, IReadOnlyList<string> Behaviours, IReadOnlyList<AttentionCandidate> Candidates);

/// <summary>A candidate and the weight it gives each behaviour.</summary>
/// <param name="Item">Item with its features.</param>
/// <param name="IsPositive">Whether the user chose it.</param>
/// <param name="Score">Probability.</param>
/// <param name="Weights">One a behaviour, as the model computed it.</param>
public sealed record AttentionCandidate(string Item, bool IsPositive, double Score, IReadOnlyList<double> Weights);
