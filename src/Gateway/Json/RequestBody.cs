using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DinOrleans.Contracts;

namespace DinOrleans.Gateway.Json;

/// <summary>Reads and writes JSON bodies.</summary>
internal static class RequestBody
{
    /// <exception cref="InvalidInputException">The body is no JSON of this shape; names the field and the rule.</exception>
    /// <exception cref="BadHttpRequestException">The media type is not JSON, or the body too large.</exception>
    public static async ValueTask<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException("The body must be application/json.", StatusCodes.Status415UnsupportedMediaType);
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.BodyReader, type, context.RequestAborted).ConfigureAwait(false)
                ?? throw new InvalidInputException([new("$", "must be a JSON object")]);
        }
        catch (JsonException e)
        {
            throw new InvalidInputException([new(Field(e.Path), Rule(e))]);
        }
    }

    public static Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(value, type, contentType: null, context.RequestAborted);
    }

    private static string Field(string? path) => string.IsNullOrEmpty(path) || path == "$" ? "$" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;

    private static string Rule(JsonException e)
    {
        // The serializer's message ends with the path and position, which the field already says.
        int end = e.Message.IndexOf(" Path:", StringComparison.Ordinal);
        string message = end < 0 ? e.Message : e.Message[..end];
        if (message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
        {
            return "holds a field that is not known: " + message.Split('\'')[1];
        }

        return message.Contains("could not be converted", StringComparison.Ordinal)
            ? $"has the wrong JSON type (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})"
            : "is no valid JSON: " + message;
    }
}
