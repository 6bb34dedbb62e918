using System.Globalization;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;
using Microsoft.Extensions.Primitives;

namespace DinOrleans.Gateway.Users;

/// <summary>The query parameters of a page.</summary>
internal static class PageQuery
{
    private const string Limit = "limit";
    private const string After = "after";

    /// <summary>Reads the parameters. Without them it is the first page, with as many rows as a page may have.</summary>
    /// <exception cref="InvalidInputException">A parameter breaks a rule.</exception>
    public static UserPageQuery Read(IQueryCollection parameters)
    {
        var violations = default(Violations);
        foreach ((string name, StringValues values) in parameters)
        {
            if (name is not (Limit or After))
            {
                violations.Add(name, $"is not a query parameter here; known are {Limit}, {After}");
            }
            else if (values.Count > 1)
            {
                violations.Add(name, "must be given once");
            }
        }

        violations.ThrowIfAny();
        int limit = InputLimits.PageRows;
        if (parameters.TryGetValue(Limit, out StringValues given) && !int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out limit))
        {
            limit = 0;
        }

        var query = new UserPageQuery(limit, parameters.TryGetValue(After, out StringValues after) ? after.ToString() : null);
        UserPageRules.Check(query).ThrowIfAny();
        return query;
    }
}
