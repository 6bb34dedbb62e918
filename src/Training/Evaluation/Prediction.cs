namespace DinOrleans.Training.Evaluation;

/// <summary>A labelled candidate with its score.</summary>
/// <param name="User">The index of the user. A ranking without a user has a negative number of its own.</param>
/// <param name="Item">The index of the item.</param>
/// <param name="Position">The place among the ranking's candidates, from 0.</param>
/// <param name="HistoryLength">The number of behaviours that it was scored against.</param>
/// <param name="Score">The probability or ranking score.</param>
/// <param name="Label">True for a positive.</param>
public readonly record struct Prediction(int User, int Item, int Position, int HistoryLength, float Score, bool Label);
