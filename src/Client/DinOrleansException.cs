using System.Net;

namespace DinOrleans.Client;

/// <summary>A rule that a request broke.</summary>
/// <param name="Field">The field, for example <c>events[3].timestamp</c>.</param>
/// <param name="Rule">The rule, for example "must be from the year 2000 on".</param>
public sealed record BrokenRule(string Field, string Rule);

/// <summary>How a call failed.</summary>
public enum CallFailure
{
    /// <summary>The server answered with another status than success.</summary>
    Refused,

    /// <summary>The answer did not come in time.</summary>
    TimedOut,

    /// <summary>The server could not be reached, or the connection was lost before the whole answer came.</summary>
    ConnectionLost,

    /// <summary>The answer is not one of the API.</summary>
    UnexpectedAnswer,
}

/// <summary>A call that was refused, was not answered in time, or was answered with something else than the API's answers.</summary>
public sealed class DinOrleansException : Exception
{
    /// <param name="message">What was called and what came of it, in one sentence.</param>
    /// <param name="status">The status code of the last answer; null where there was none.</param>
    /// <param name="errors">The rules that the request broke.</param>
    /// <param name="cause">What made the call fail; null where the server refused it.</param>
    public DinOrleansException(string message, HttpStatusCode? status = null, IReadOnlyList<BrokenRule>? errors = null, Exception? cause = null)
        : base(message, cause)
    {
        Status = status;
        Errors = errors ?? [];
    }

    /// <summary>How the call failed.</summary>
    public CallFailure Failure { get; init; }

    /// <summary>The status code of the last answer; null where there was none.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>The rules that the request broke. It is empty where the request is not to blame.</summary>
    public IReadOnlyList<BrokenRule> Errors { get; }

    /// <summary>The number of items that were written all the same; null for calls that are applied as a whole or not at all.</summary>
    public long? Accepted { get; init; }
}
