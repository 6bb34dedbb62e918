using DinOrleans.Contracts.Users;

namespace DinOrleans.Grains.Experiments;

/// <summary>A ranking, and what is known of it beside the answer.</summary>
/// <param name="Ranking">The answer.</param>
/// <param name="Arm">The arm that made it; null where the user is in no experiment, or this silo does not have the arm's version yet.</param>
/// <param name="Unshown">The candidates that are not in the answer, best first; null where they were not kept.</param>
public sealed record RankOutcome(Ranking Ranking, UserArm? Arm, IReadOnlyList<RankedItem>? Unshown)
{
    /// <summary>False where a person asked for the arm: what follows says nothing of the arm's users.</summary>
    public bool IsMeasured { get; init; } = true;
}
