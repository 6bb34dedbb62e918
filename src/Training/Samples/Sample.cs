namespace DinOrleans.Training.Samples;

/// <summary>One ranking to learn from.</summary>
/// <param name="User">The user.</param>
/// <param name="Event">The event whose moment and context it has.</param>
/// <param name="HistoryEnd">Where its history ends in the <see cref="BehaviourIndex"/>.</param>
/// <param name="History">Length of its history, at most the schema's.</param>
/// <param name="Shown">What was shown, with labels; null where negatives are drawn for the event's item.</param>
internal sealed record Sample(int User, int Event, int HistoryEnd, int History, ShownCandidates? Shown);

/// <summary>Candidates that were shown together.</summary>
/// <param name="Items">N items.</param>
/// <param name="Labels">[N × K], 0 or 1.</param>
internal sealed record ShownCandidates(int[] Items, float[] Labels);
