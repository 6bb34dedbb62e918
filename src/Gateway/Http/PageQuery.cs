using DinOrleans.Contracts;

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
        var given = QueryParameters.Read(parameters, LimitName, AfterName);
        return new(given.Whole(LimitName, limit), given.Text(AfterName));
    }
}
