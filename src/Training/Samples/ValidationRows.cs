namespace DinOrleans.Training.Samples;

/// <summary>Says which rankings are used for validation.</summary>
public enum ValidationRows
{
    /// <summary>The latest rankings by time.</summary>
    Latest,

    /// <summary>
    /// The last ranking of each of some users who are drawn at random, of the rankings that are not held out otherwise. This resembles a test of
    /// last items, and training keeps the other rankings of the latest time.
    /// </summary>
    LastOfUser,
}
