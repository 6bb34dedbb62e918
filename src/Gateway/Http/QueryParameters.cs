using System.Globalization;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Validation;
using Microsoft.Extensions.Primitives;

namespace DinOrleans.Gateway.Http;

/// <summary>The query parameters of a request, of which each is known, and given once.</summary>
internal readonly struct QueryParameters
{
    private readonly IQueryCollection _parameters;

    private QueryParameters(IQueryCollection parameters) => _parameters = parameters;

    /// <summary>Reads the parameters.</summary>
    /// <param name="parameters">Those of the request.</param>
    /// <param name="known">The names that the request may use.</param>
    /// <exception cref="InvalidInputException">A parameter is unknown or given twice.</exception>
    public static QueryParameters Read(IQueryCollection parameters, params string[] known) => Read(parameters, known, list: null);

    /// <inheritdoc cref="Read(IQueryCollection, string[])"/>
    /// <param name="parameters">Those of the request.</param>
    /// <param name="known">The names that the request may use.</param>
    /// <param name="list">The one of them that may be given more than once; null for none.</param>
    public static QueryParameters Read(IQueryCollection parameters, string[] known, string? list)
    {
        var violations = default(Violations);
        foreach ((string name, StringValues values) in parameters)
        {
            if (!known.Contains(name))
            {
                violations.Add(name, $"is not a query parameter here; known are {string.Join(", ", known)}");
            }
            else if (values.Count > 1 && name != list)
            {
                violations.Add(name, "must be given once");
            }
        }

        violations.ThrowIfAny();
        return new(parameters);
    }

    /// <summary>A parameter as text; null where it is not given.</summary>
    public string? Text(string name) => _parameters.TryGetValue(name, out StringValues values) ? values.ToString() : null;

    /// <summary>All values of a parameter.</summary>
    public string[] Texts(string name) => [.. _parameters[name].Select(v => v ?? "")];

    /// <summary>A parameter as a whole number; <paramref name="otherwise"/> where it is not given, and 0, which no rule lets through, where it is none.</summary>
    public int Whole(string name, int otherwise) =>
        Text(name) is not { } text ? otherwise : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    /// <summary>A parameter that is true or false; false where it is not given.</summary>
    /// <exception cref="InvalidInputException">It is neither.</exception>
    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw new InvalidInputException([new(name, "must be true or false")]),
    };
}
