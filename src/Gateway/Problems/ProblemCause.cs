using DinOrleans.Contracts;

namespace DinOrleans.Gateway.Problems;

/// <summary>What an exception means to the caller.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Detail">What went wrong, fit to be told.</param>
/// <param name="Errors">Broken rules.</param>
/// <param name="RetryAfter">When to try again; null where trying again is no use, zero for the gateway's own setting.</param>
/// <param name="MoreErrors">How many broken rules are not among them.</param>
internal readonly record struct ProblemCause(int Status, string? Detail, IReadOnlyList<Violation> Errors, TimeSpan? RetryAfter, int MoreErrors = 0)
{
    /// <summary>
    /// The cause that an exception stands for. Only text that was written for callers is told: a store's failure carries the words of its
    /// driver, with hosts, ports and folders, and those are for the log.
    /// </summary>
    public static ProblemCause Of(Exception exception) => exception switch
    {
        InvalidInputException e => new(StatusCodes.Status400BadRequest, "The input breaks rules; nothing of it was applied.", e.Violations, null, e.More),
        OverloadedException e => new(StatusCodes.Status429TooManyRequests, e.Message, [], e.RetryAfter),
        GatewayTooBusyException or LimitExceededException => new(StatusCodes.Status429TooManyRequests, "The cluster is at its limit.", [], TimeSpan.Zero),
        DeadlineExceededException e => new(StatusCodes.Status504GatewayTimeout, e.Message, [], null),
        StoreUnavailableException => Unavailable("A store cannot be read or written now. Nothing was acknowledged; the same request may succeed later."),
        NotReadyException e => Unavailable(e.Message),
        ModelVersionNotLoadedException => Unavailable("The cluster is moving to another model version."),
        OrleansException or TimeoutException => Unavailable("The cluster does not answer."),
        OperationCanceledException => Unavailable("The call was cut short."),
        BadHttpRequestException e => new(e.StatusCode, e.Message, [], null),
        _ => new(StatusCodes.Status500InternalServerError, "The gateway failed on this request; its log says why.", [], null),
    };

    private static ProblemCause Unavailable(string detail) => new(StatusCodes.Status503ServiceUnavailable, detail, [], TimeSpan.Zero);
}
