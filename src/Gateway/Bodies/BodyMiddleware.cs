using System.Threading.RateLimiting;
using DinOrleans.Gateway.Admission;
using DinOrleans.Gateway.Settings;
using DinOrleans.Gateway.Telemetry;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace DinOrleans.Gateway.Bodies;

/// <summary>
/// Reads the body of an endpoint that takes JSON or one message of gRPC, and admits the work that the body asks for. The permit is taken once the body
/// is there, so that slow senders hold none. If there is no room, the body is not even read, because under overload the cost of a refusal is taken
/// from the requests that could be answered.
/// </summary>
internal sealed class BodyMiddleware(
    RequestDelegate next, WorkAdmission admission, IOptions<GatewayOptions> options, TimeProvider time, GatewayInstruments instruments)
{
    private const string NotJson = "The body must be sent as application/json in UTF-8.";
    private const string NotJsonOrLines = $"The body must be sent as application/json or {JsonLines.MediaType} in UTF-8.";
    private const string NotDecoded = "The body may be compressed with gzip or deflate, once.";

    public Task InvokeAsync(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<BodyInput>() switch
    {
        JsonInput json => ReadJsonAsync(http, json),
        RpcInput rpc => ReadRpcAsync(http, rpc),
        _ => next(http),
    };

    private Task ReadJsonAsync(HttpContext http, JsonInput input)
    {
        bool takesLines = http.GetEndpoint()!.Metadata.GetMetadata<TakesJsonLines>() is not null;
        bool isLines = takesLines && JsonLines.AreSentBy(http.Request);
        CheckHeaders(http.Request, isLines, takesLines);
        return isLines || input.Work is not { } work ? next(http) : ReadAsync(http, work);
    }

    private Task ReadRpcAsync(HttpContext http, RpcInput input)
    {
        RpcRequest.Check(http.Request);
        if (!input.IsStream)
        {
            return ReadAsync(http, input.Kind, isReadAgain: true);
        }

        if (admission.HasRoom(input.Kind))
        {
            return next(http);
        }

        Refuse(http, input.Kind);
        return Task.CompletedTask;
    }

    /// <param name="http">The request.</param>
    /// <param name="work">The work that the body asks for.</param>
    /// <param name="isReadAgain">True where the endpoint reads the body from the request.</param>
    private async Task ReadAsync(HttpContext http, Work work, bool isReadAgain = false)
    {
        if (!admission.HasRoom(work))
        {
            Refuse(http, work);
            return;
        }

        using RequestBody body = await RequestBody.ReadAsync(http, options.Value.BodyTimeout, time);
        using RateLimitLease permit = admission.Take(work, body.Length);
        if (!permit.IsAcquired)
        {
            Refuse(http, work);
            return;
        }

        http.Features.Set(body);
        if (isReadAgain)
        {
            body.PutBack(http);
        }

        await next(http);
    }

    private static void CheckHeaders(HttpRequest request, bool isLines, bool takesLines)
    {
        if ((!isLines && !request.HasJsonContentType()) || !IsUtf8(request.ContentType))
        {
            throw new BadHttpRequestException(takesLines ? NotJsonOrLines : NotJson, StatusCodes.Status415UnsupportedMediaType);
        }

        // A body that could be decompressed has been, and its header is gone.
        if (request.Headers.ContentEncoding is { Count: > 0 } encodings && encodings.Any(e => !string.Equals(e, "identity", StringComparison.OrdinalIgnoreCase)))
        {
            throw new BadHttpRequestException(NotDecoded, StatusCodes.Status415UnsupportedMediaType);
        }
    }

    private static bool IsUtf8(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private void Refuse(HttpContext http, Work work)
    {
        instruments.Refused(work);
        http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
    }
}
