using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Contracts.Validation;

/// <summary>The rules of a ranking query.</summary>
public static class RankRules
{
    private const int FewEnoughToCompare = 16;

    /// <summary>Every broken rule; empty where the query is valid.</summary>
    public static IReadOnlyList<Violation> Check(RankQuery query, InputSchema schema)
    {
        var violations = default(Violations);
        Candidates(query.Candidates, ref violations);
        violations.Features(query.Context, schema.ContextFeatures, "context");
        if (query.Limit is < 1 or > InputLimits.Candidates)
        {
            violations.Add("limit", $"must be 1 to {InputLimits.Candidates:N0}");
        }

        return violations.List;
    }

    private static void Candidates(IReadOnlyList<string> candidates, ref Violations violations)
    {
        if (candidates.Count is 0 or > InputLimits.Candidates)
        {
            violations.Add("candidates", $"must be 1 to {InputLimits.Candidates:N0} items");
            return;
        }

        HashSet<string>? seen = candidates.Count > FewEnoughToCompare ? new(candidates.Count, StringComparer.Ordinal) : null;
        for (int i = 0; i < candidates.Count; i++)
        {
            violations.Id(candidates[i], "candidates", i, "itemId");
            if (seen is null ? Occurs(candidates, i) : !seen.Add(candidates[i]))
            {
                violations.Add($"candidates[{i}].itemId", "must occur once");
            }
        }
    }

    private static bool Occurs(IReadOnlyList<string> candidates, int before)
    {
        for (int i = 0; i < before; i++)
        {
            if (candidates[i] == candidates[before])
            {
                return true;
            }
        }

        return false;
    }
}
