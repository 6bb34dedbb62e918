namespace DinOrleans.Training.Samples.Rankings;

/// <summary>A ranking with one positive.</summary>
/// <param name="Event">The index of the event whose time is the moment of the ranking and whose context is the ranking's.</param>
/// <param name="HistoryEnd">The end of the history, from <see cref="BehaviourSequences.EndBefore"/>.</param>
/// <param name="Label">A bit per task. Bit k is set if the positive is one of task k.</param>
internal readonly record struct LastRanking(int Event, int HistoryEnd, uint Label);
