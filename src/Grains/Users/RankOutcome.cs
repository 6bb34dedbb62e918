using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Experiments;

namespace DinOrleans.Grains.Users;

/// <summary>A ranking, and what is known of it beside the answer.</summary>
/// <param name="Ranking">The answer.</param>
/// <param name="Arm">The arm that made it; null where the user is in no experiment, or this silo does not have the arm's version yet.</param>
/// <param name="Unshown">The candidates that are not in the answer, best first; null where they were not kept.</param>
public sealed record RankOutcome(Ranking Ranking, UserArm? Arm, IReadOnlyList<RankedItem>? Unshown);
