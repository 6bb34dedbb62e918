namespace DinOrleans.Evaluation.Compare.Measures;

/// <summary>How a model weighed the behaviours of one ranking.</summary>
/// <param name="User">The user id.</param>
/// <param name="Behaviours">The items of the history with their features, oldest first.</param>
/// <param name="Candidates">The candidates for which the behaviours were weighed.</param>
public sealed record AttentionExample(string User, IReadOnlyList<string> Behaviours, IReadOnlyList<AttentionCandidate> Candidates);

/// <summary>A candidate and the weight of each behaviour for it.</summary>
/// <param name="Item">The item with its features.</param>
/// <param name="IsPositive">True if the user chose the item.</param>
/// <param name="Score">The probability.</param>
/// <param name="Weights">One weight per behaviour, as the model computed it.</param>
public sealed record AttentionCandidate(string Item, bool IsPositive, double Score, IReadOnlyList<double> Weights);
