namespace DinOrleans.Gateway.Http;

/// <summary>Describes a query parameter or header that an endpoint reads itself, so that the description of the API has it.</summary>
/// <param name="Name">The name as it is sent.</param>
/// <param name="Text">What it means, in full sentences.</param>
internal sealed record RequestParameter(string Name, string Text)
{
    private const string LimitName = "limit";

    /// <summary>True for a header, and false for a query parameter.</summary>
    public bool IsHeader { get; init; }

    /// <summary>The range of a whole number; null for other kinds of values.</summary>
    public (int Least, int Most)? Range { get; init; }

    /// <summary>The number that stands for a whole number that is left out; null for none.</summary>
    public int? Otherwise { get; init; }

    /// <summary>True for a value that is "true" or "false".</summary>
    public bool IsFlag { get; init; }

    /// <summary>The values that are taken. Empty where any text is.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The most characters of a text; null for any number.</summary>
    public int? MaxLength { get; init; }

    /// <summary>How often the parameter may be given; 1 for a parameter that is not a list.</summary>
    public int MaxItems { get; init; } = 1;

    /// <summary>The number of rows of a page.</summary>
    /// <param name="most">The most rows.</param>
    /// <param name="otherwise">The number of rows where the parameter is left out.</param>
    /// <param name="rows">What a row is, for example "users".</param>
    public static RequestParameter Limit(int most, int otherwise, string rows) => new(LimitName, $"The number of {rows} on the page.") { Range = (1, most), Otherwise = otherwise };

    /// <summary>The place where a page begins.</summary>
    public static RequestParameter After { get; } = new("after", "The \"next\" of the page before. The first page is returned where it is left out.");
}

/// <summary>Marks endpoints with the parameters that they read.</summary>
internal static class RequestParameterExtensions
{
    /// <summary>Describes parameters of an endpoint.</summary>
    public static TBuilder Reads<TBuilder>(this TBuilder endpoint, params RequestParameter[] parameters)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata([.. parameters]);
}
