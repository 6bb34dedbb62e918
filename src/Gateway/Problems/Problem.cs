using System.Text.Json.Serialization;
using DinOrleans.Contracts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace DinOrleans.Gateway.Problems;

/// <summary>Problem details as in RFC 9457, with the broken rules as an extension member.</summary>
internal sealed class Problem : ProblemDetails
{
    /// <param name="status">The status code of the answer.</param>
    /// <param name="detail">What went wrong this time, in words for the caller.</param>
    public Problem(int status, string? detail)
    {
        string reason = ReasonPhrases.GetReasonPhrase(status);
        Type = "about:blank";
        Title = reason.Length > 0 ? reason : "Error";
        Status = status;
        Detail = detail;
    }

    /// <summary>The rules that the input broke, at most 100. It is empty where the input is not to blame.</summary>
    public IReadOnlyList<Violation> Errors { get; init; } = [];

    /// <summary>How many broken rules are not listed. It is left out where all are.</summary>
    public int? MoreErrors { get; init; }

    /// <summary>How many items were written all the same. It is left out where nothing was applied.</summary>
    public long? Accepted { get; init; }

    /// <summary>How many lines were not written. It is left out where nothing was applied.</summary>
    public long? Refused { get; init; }

    /// <summary>How long the caller should wait before trying again; zero for the gateway's setting, and null where trying again does not help.</summary>
    [JsonIgnore]
    public TimeSpan? RetryAfter { get; init; }
}
