namespace DinOrleans.Model.Artifacts;

/// <summary>Names of the inputs and outputs of a scorer graph; all float32.</summary>
public static class ScorerGraph
{
    /// <summary>[R, H, d].</summary>
    public const string Behaviours = "behaviours";

    /// <summary>[R, H], 1 for a behaviour of the main sequence, 0 for padding and for those of other sequences.</summary>
    public const string Mask = "mask";

    /// <summary>[R, H, S], 1 for a behaviour of each sequence beside the main one; an input only where the layout has some.</summary>
    public const string SequenceMask = "sequence_mask";

    /// <summary>[R, N, d].</summary>
    public const string Candidates = "candidates";

    /// <summary>[R, N, 1].</summary>
    public const string CandidateBias = "candidate_bias";

    /// <summary>[R, p]; an input only where the layout has a profile.</summary>
    public const string Profile = "profile";

    /// <summary>[R, c]; an input only where the layout has a context.</summary>
    public const string Context = "context";

    /// <summary>[R, N, K] probabilities.</summary>
    public const string Scores = "scores";

    /// <summary>[R, N, H]; an output only of models with attention.</summary>
    public const string Attention = "attention";
}
