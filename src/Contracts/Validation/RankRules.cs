using DinOrleans.Contracts.Schema;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Contracts.Validation;

/// <summary>The rules of a ranking query.</summary>
public static class RankRules
{
    /// <summary>Returns the broken rules of a query.</summary>
    public static Violations Check(RankQuery? query, InputSchema schema)
    {
        var violations = default(Violations);
        if (query is null)
        {
            violations.Add("query", "must be given");
            return violations;
        }

        Candidates(query.Candidates, ref violations);
        violations.CheckFeatures(query.Context, schema.ContextFeatures, "context");
        if (query.Limit is < 1 or > InputLimits.Candidates)
        {
            violations.Add("limit", $"must be 1 to {InputLimits.Candidates:N0}");
        }

        if (query.TimeLeft is { } left && (left <= TimeSpan.Zero || left > InputLimits.RankingTimeLeft))
        {
            violations.Add("timeLeft", $"must be more than 0 and at most {InputLimits.RankingTimeLeft.TotalSeconds:N0} seconds");
        }

        return violations;
    }

    private static void Candidates(IReadOnlyList<string>? candidates, ref Violations violations)
    {
        if (candidates is null || candidates.Count is 0 or > InputLimits.Candidates)
        {
            violations.Add("candidates", $"must be 1 to {InputLimits.Candidates:N0} items");
            return;
        }

        for (int i = 0; i < candidates.Count; i++)
        {
            violations.CheckId(candidates[i], "candidates", i, "itemId");
        }

        Repeats(candidates, ref violations);
    }

    /// <summary>
    /// Finds ids that occurred before. Equal ids have equal hashes, so they lie side by side when hashes are sorted with their places. Every ranking
    /// is checked by the gateway and again by the grain, and this allocates nothing, which a set would.
    /// </summary>
    private static void Repeats(IReadOnlyList<string> candidates, ref Violations violations)
    {
        Span<long> sorted = stackalloc long[InputLimits.Candidates];
        sorted = sorted[..candidates.Count];
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = ((long)string.GetHashCode(candidates[i]) << 32) | (uint)i;
        }

        sorted.Sort();
        Span<bool> repeats = stackalloc bool[sorted.Length];
        for (int i = 1; i < sorted.Length; i++)
        {
            int place = (int)sorted[i];
            for (int j = i - 1; j >= 0 && sorted[j] >> 32 == sorted[i] >> 32 && !repeats[place]; j--)
            {
                repeats[place] = candidates[(int)sorted[j]] == candidates[place];
            }
        }

        for (int i = 0; i < repeats.Length; i++)
        {
            if (repeats[i])
            {
                violations.Add($"candidates[{i}].itemId", "must occur once");
            }
        }
    }
}
