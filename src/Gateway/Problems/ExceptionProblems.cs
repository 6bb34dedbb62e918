using DinOrleans.Contracts;

namespace DinOrleans.Gateway.Problems;

/// <summary>What an exception means to the caller.</summary>
internal static class ExceptionProblems
{
    /// <summary>
    /// Makes the problem of an exception. Only text that was written for callers is passed on. A store's failure carries the words of its
    /// driver, with hosts, ports and folders, and those belong in the log.
    /// </summary>
    public static Problem ToProblem(this Exception exception) => exception switch
    {
        ProblemException e => e.Problem,
        InvalidInputException e => Invalid(e),
        RefusedLinesException e => new(StatusCodes.Status400BadRequest, e.Message)
        {
            Errors = e.Violations.Listed,
            MoreErrors = e.Violations.More > 0 ? e.Violations.More : null,
            Accepted = e.Accepted,
            Refused = e.Refused,
        },
        ConflictException e => new(StatusCodes.Status409Conflict, "The input does not fit what is there; nothing of it was applied.") { Errors = [e.Violation] },
        ForbiddenException e => new(StatusCodes.Status403Forbidden, e.Message),
        OverloadedException e => Busy(e.Message, e.RetryAfter),
        GatewayTooBusyException or LimitExceededException => Busy("The cluster is at its limit.", TimeSpan.Zero),
        DeadlineExceededException e => new(StatusCodes.Status504GatewayTimeout, e.Message),
        StoreUnavailableException => Unavailable("A store cannot be read or written now. Nothing was acknowledged; the same request may succeed later."),
        NotReadyException e => Unavailable(e.Message),
        ModelVersionNotLoadedException => Unavailable("The cluster is moving to another model version."),
        OrleansException or TimeoutException => Unavailable("The cluster does not answer."),
        OperationCanceledException => Unavailable("The call was cut short."),
        BadHttpRequestException e => new(e.StatusCode, e.Message),
        _ => new(StatusCodes.Status500InternalServerError, "The gateway failed on this request. Its log says why."),
    };

    private static Problem Invalid(InvalidInputException e) => new(StatusCodes.Status400BadRequest, "The input breaks rules; nothing of it was applied.")
    {
        Errors = e.Violations,
        MoreErrors = e.More > 0 ? e.More : null,
    };

    private static Problem Busy(string detail, TimeSpan retryAfter) => new(StatusCodes.Status429TooManyRequests, detail) { RetryAfter = retryAfter };

    private static Problem Unavailable(string detail) => new(StatusCodes.Status503ServiceUnavailable, detail) { RetryAfter = TimeSpan.Zero };
}
