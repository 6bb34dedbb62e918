namespace DinOrleans.Training.Samples;

/// <summary>Says which positives are kept out of training to test on.</summary>
public enum HoldOut
{
    /// <summary>No positive.</summary>
    None,

    /// <summary>The last positive of every user, which is then neither a training nor a validation ranking.</summary>
    LastItem,
}
