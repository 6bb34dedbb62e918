using System.Net;

namespace DinOrleans.Client;

/// <summary>A rule that a request broke.</summary>
/// <param name="Field">The field, for example <c>events[3].timestamp</c>.</param>
/// <param name="Rule">The rule, for example "must be from the year 2000 on".</param>
public sealed record BrokenRule(string Field, string Rule);

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

    /// <summary>The status code of the last answer; null where there was none.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>The rules that the request broke. It is empty where the request is not to blame.</summary>
    public IReadOnlyList<BrokenRule> Errors { get; }
}
