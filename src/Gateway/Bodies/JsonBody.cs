using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DinOrleans.Contracts;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Json;
using Microsoft.AspNetCore.Http.Features;

namespace DinOrleans.Gateway.Bodies;

/// <summary>Parses a request's body, which <see cref="BodyMiddleware"/> has read.</summary>
internal sealed class JsonBody(WorkAdmission admission, BodyTypes types)
{
    /// <summary>Parses the body of a request.</summary>
    /// <exception cref="InvalidInputException">The body is not JSON, or does not have the form of the type. The field is a JSON path, or $ for the whole body.</exception>
    public async ValueTask<T> ReadAsync<T>(HttpContext http)
        where T : class
    {
        RequestBody body = http.Features.GetRequiredFeature<RequestBody>();
        JsonTypeInfo<T> type = types.Request<T>();
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
            return JsonSerializer.Deserialize(body.Json, type) ?? throw Invalid(new("$", JsonShape.NotAnObject));
        }
        catch (JsonException e)
        {
            throw Invalid(ToViolation(e, body.Json, type));
        }
        finally
        {
            body.Dispose();
        }
    }

    private static Violation ToViolation(JsonException error, ReadOnlySpan<byte> json, JsonTypeInfo type)
    {
        string field = FieldOf(error.Path);
        return error switch
        {
            JsonRuleException { Member: { } member } broken => new(field == "$" ? member : $"{field}.{member}", broken.Rule),
            JsonRuleException broken => new(field, broken.Rule),

            // The reader's exception is the inner one: the text is not JSON.
            { InnerException: JsonException } => new(field, $"must be well-formed JSON: error at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}"),
            _ => new(field, JsonShape.FindBrokenRule(json, type) ?? "must have the form that the API's description says"),
        };
    }

    private static InvalidInputException Invalid(Violation violation) => new([violation]);

    private static string FieldOf(string? path) => path switch
    {
        null or "" or "$" => "$",
        _ when path.StartsWith("$.", StringComparison.Ordinal) => path[2..],
        _ => path[1..],
    };
}
