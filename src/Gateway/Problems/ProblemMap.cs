using DinOrleans.Contracts;

namespace DinOrleans.Gateway.Problems;

/// <summary>Which failure is which HTTP status.</summary>
internal static class ProblemMap
{
    private const string Prefix = "urn:dinorleans:problem:";

    /// <summary>The problem of an exception; null where it is a fault of ours.</summary>
    public static Problem? Of(Exception error, TimeSpan retryAfter) => error switch
    {
        InvalidInputException e => new(StatusCodes.Status400BadRequest, Prefix + "invalid-input", "The request breaks rules; nothing was applied.", null, e.Violations),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(
            StatusCodes.Status413PayloadTooLarge, Prefix + "body-too-large", "The body is larger than Gateway:MaxBodyBytes allows."),
        BadHttpRequestException e => new(e.StatusCode, Prefix + "bad-request", e.Message),
        OverloadedException e => new(StatusCodes.Status429TooManyRequests, Prefix + "overloaded", e.Message, e.RetryAfter),
        StoreUnavailableException e => new(StatusCodes.Status503ServiceUnavailable, Prefix + "store-unavailable", e.Message, retryAfter),
        DeadlineExceededException e => new(StatusCodes.Status504GatewayTimeout, Prefix + "deadline-exceeded", e.Message),
        TimeoutException or OrleansException or OrleansMessageRejectionException or SiloUnavailableException => new(
            StatusCodes.Status503ServiceUnavailable, Prefix + "cluster-unavailable", "The cluster did not answer; it may be starting, or moving the user.", retryAfter),
        _ => null,
    };

    /// <summary>The problem of a status that no handler wrote a body for.</summary>
    public static Problem Of(int status) => new(status, Prefix + "http-" + status, status switch
    {
        StatusCodes.Status404NotFound => "There is no such resource; /openapi/v1.json lists them.",
        StatusCodes.Status405MethodNotAllowed => "The resource does not take this method.",
        _ => "The request was refused.",
    });

    /// <summary>The problem of a fault of ours; its cause is in the log.</summary>
    public static Problem Fault(string traceId) =>
        new(StatusCodes.Status500InternalServerError, Prefix + "fault", $"A fault of the server; its log has the cause under trace {traceId}.");
}
