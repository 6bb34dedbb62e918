using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DinOrleans.Contracts;
using DinOrleans.Gateway.Bodies;
using Microsoft.AspNetCore.Http.Features;

namespace DinOrleans.Gateway.Json;

/// <summary>Parses a request's body, which <see cref="BodyMiddleware"/> has read.</summary>
internal sealed class JsonBody(WorkAdmission admission)
{
    /// <exception cref="InvalidInputException">The body is not JSON, or not of the form asked for; the field is its JSON path, $ for the whole.</exception>
    public async ValueTask<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        RequestBody body = http.Features.GetRequiredFeature<RequestBody>();
        if (body.Length <= WorkAdmission.HeavyBytes)
        {
            return Parse(body, type);
        }

        using HeavyTurn turn = await admission.HeavyTurnAsync(http.RequestAborted);
        return Parse(body, type);
    }

    private static T Parse<T>(RequestBody body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body.Json, type) ?? throw new InvalidInputException([new("$", "must be a JSON object")]);
        }
        catch (JsonException e)
        {
            throw new InvalidInputException([ToViolation(e)]);
        }
        finally
        {
            body.Dispose();
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
