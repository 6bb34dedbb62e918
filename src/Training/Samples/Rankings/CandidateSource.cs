namespace DinOrleans.Training.Samples.Rankings;

/// <summary>The origin of a ranking's candidates.</summary>
internal enum CandidateSource : byte
{
    /// <summary>The candidates were shown, and stand in the order in which they were shown.</summary>
    Impressions,

    /// <summary>The candidate is one positive, for which negatives are drawn.</summary>
    Positive,

    /// <summary>The candidates are a given pair, in no order.</summary>
    Pair,
}
