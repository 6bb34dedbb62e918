using System.Globalization;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Validation;
using Microsoft.Extensions.Primitives;

namespace DinOrleans.Gateway.Http;

/// <summary>The query parameters of a page.</summary>
/// <param name="Limit">Rows on the page; 0 where the parameter is not a whole number.</param>
/// <param name="After">The "next" of the page before; null for the first page.</param>
internal sealed record PageQuery(int Limit, string? After)
{
    private const string LimitName = "limit";
    private const string AfterName = "after";

    /// <summary>Reads the parameters.</summary>
    /// <param name="parameters">Those of the request.</param>
    /// <param name="limit">Rows on the page where the request does not say.</param>
    /// <exception cref="InvalidInputException">A parameter is unknown or given twice.</exception>
    public static PageQuery Read(IQueryCollection parameters, int limit)
    {
        var violations = default(Violations);
        foreach ((string name, StringValues values) in parameters)
        {
            if (name is not (LimitName or AfterName))
            {
                violations.Add(name, $"is not a query parameter here; known are {LimitName}, {AfterName}");
            }
            else if (values.Count > 1)
            {
                violations.Add(name, "must be given once");
            }
        }

        violations.ThrowIfAny();
        if (parameters.TryGetValue(LimitName, out StringValues given) && !int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out limit))
        {
            limit = 0;
        }

        return new(limit, parameters.TryGetValue(AfterName, out StringValues after) ? after.ToString() : null);
    }
}
