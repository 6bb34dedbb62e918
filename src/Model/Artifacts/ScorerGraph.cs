namespace DinOrleans.Model.Artifacts;

/// <summary>The names of the inputs and outputs of a scorer graph. All are float32.</summary>
public static class ScorerGraph
{
    /// <summary>[R, H, d].</summary>
    public const string Behaviours = "behaviours";

    /// <summary>[R, H], 1 for a behaviour of the main sequence, 0 for padding and for those of other sequences.</summary>
    public const string Mask = "mask";

    /// <summary>[R, H, S], 1 for a behaviour of each sequence besides the main one. An input only if the layout has such sequences.</summary>
    public const string SequenceMask = "sequence_mask";

    /// <summary>[R, N, d].</summary>
    public const string Candidates = "candidates";

    /// <summary>[R, N, 1].</summary>
    public const string CandidateBias = "candidate_bias";

    /// <summary>[R, p]. An input only if the layout has a profile.</summary>
    public const string Profile = "profile";

    /// <summary>[R, c]. An input only if the layout has a context.</summary>
    public const string Context = "context";

    /// <summary>[R, N, K] probabilities.</summary>
    public const string Scores = "scores";

    /// <summary>[R, N, H]. An output only of models with attention.</summary>
    public const string Attention = "attention";
}
