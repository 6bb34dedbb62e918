using DinOrleans.Contracts.Users;

namespace DinOrleans.Contracts.Validation;

/// <summary>The rules of reading what is held about a user.</summary>
public static class UserPageRules
{
    /// <summary>Returns the broken rules of a query.</summary>
    public static Violations Check(UserPageQuery query)
    {
        var violations = default(Violations);
        if (query.Limit is < 1 or > InputLimits.PageRows)
        {
            violations.Add("limit", $"must be 1 to {InputLimits.PageRows:N0}");
        }

        if (query.After is not null && !UserPlace.TryParse(query.After, out _))
        {
            violations.Add("after", "must be the \"next\" of a page");
        }

        return violations;
    }
}
