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
            throw Invalid(JsonViolation.Of(e, body.Json, type));
        }
        finally
        {
            body.Dispose();
        }
    }

    private static InvalidInputException Invalid(Violation violation) => new([violation]);
}
