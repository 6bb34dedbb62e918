using DinOrleans.Contracts.Schema;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Contracts.Validation;

/// <summary>The rules of users and their profiles.</summary>
public static class UserRules
{
    /// <summary>Returns the broken rule of a user id.</summary>
    public static Violations CheckId(string? userId)
    {
        var violations = default(Violations);
        violations.CheckId(userId, "", -1, "userId");
        return violations;
    }

    /// <summary>Returns the broken rules of a profile.</summary>
    public static Violations CheckProfile(UserProfile? profile, InputSchema schema)
    {
        var violations = default(Violations);
        violations.CheckFeatures(profile?.Features, schema.UserFeatures, "features");
        return violations;
    }
}
