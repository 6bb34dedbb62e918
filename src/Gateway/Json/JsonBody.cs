using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DinOrleans.Contracts;

namespace DinOrleans.Gateway.Json;

/// <summary>Reads a request's body.</summary>
internal static class JsonBody
{
    /// <exception cref="InvalidInputException">The body is no JSON, or not of the form asked for; the field is its JSON path, $ for the whole.</exception>
    /// <exception cref="BadHttpRequestException">It is not sent as JSON (415) or is too large (413).</exception>
    public static async ValueTask<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        if (!http.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException("The body must be sent as application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(http.Request.BodyReader, type, http.RequestAborted)
                ?? throw new InvalidInputException([new("$", "must be a JSON object")]);
        }
        catch (JsonException e)
        {
            throw new InvalidInputException([ToViolation(e)]);
        }
    }

    internal static Violation ToViolation(JsonException e)
    {
        string field = Field(e.Path) + (e is JsonMemberException { Member: var member } ? "." + member : string.Empty);

        // An inner exception means that the text is no JSON at all; the others are told apart only by their text.
        if (e.InnerException is JsonException)
        {
            return new(field, $"must be well-formed JSON: error at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
        }

        return new(field, e.Message switch
        {
            _ when e.Message.Contains("could not be mapped", StringComparison.Ordinal) => "is no field here",
            _ when e.Message.StartsWith("Duplicate propert", StringComparison.Ordinal) => "must occur once",
            _ when e.Message.Contains("could not be converted", StringComparison.Ordinal) => Expected(e, field),
            _ => e.Message,
        });
    }

    private static string Expected(JsonException e, string field) =>
        field == "$" || !e.Message.Contains("List`1", StringComparison.Ordinal) ? "must be a JSON object" : "must be a JSON array";

    private static string Field(string? path) => path switch
    {
        null or "" or "$" => "$",
        _ when path.StartsWith("$.", StringComparison.Ordinal) => path[2..],
        _ => path[1..],
    };
}
