using DinOrleans.Gateway.Admission;

namespace DinOrleans.Gateway.Problems;

/// <summary>What an error status without a body means to the caller.</summary>
internal static class StatusProblems
{
    /// <summary>Makes the problem of the status that a response has.</summary>
    public static Problem ToProblem(this HttpContext http)
    {
        int status = http.Response.StatusCode;
        return new Problem(status, Detail(http, status)) { RetryAfter = status == StatusCodes.Status429TooManyRequests ? TimeSpan.Zero : null };
    }

    private static string? Detail(HttpContext http, int status) => status switch
    {
        StatusCodes.Status404NotFound => $"There is no {http.Request.Path}.",
        StatusCodes.Status405MethodNotAllowed => $"{http.Request.Path} does not take {http.Request.Method}.",
        StatusCodes.Status415UnsupportedMediaType => "The body must be sent as application/json in UTF-8.",
        StatusCodes.Status429TooManyRequests => http.GetEndpoint()?.Metadata.GetMetadata<BodyInput>() is { Work: Work.Ranking }
            ? "The gateway has as many rankings in hand as it takes at a time."
            : "The gateway has as many bytes of writes in hand as it takes at a time.",
        _ => null,
    };
}
