using System.Globalization;
using DinOrleans.Contracts;
using DinOrleans.Gateway.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace DinOrleans.Gateway.Problems;

/// <summary>Answers with RFC 9457 problem details.</summary>
internal static class ProblemWriter
{
    private const string MediaType = "application/problem+json";

    /// <summary>Answers a failed request.</summary>
    public static Task WriteAsync(HttpContext context, Problem problem)
    {
        if (problem.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        context.Response.StatusCode = problem.Status;
        var body = new ProblemBody(
            problem.Type,
            ReasonPhrases.GetReasonPhrase(problem.Status),
            problem.Status,
            problem.Detail,
            problem.Violations?.Select(v => new FieldError(v.Field, v.Rule)).ToArray());
        return context.Response.WriteAsJsonAsync(body, WireJson.Default.ProblemBody, MediaType, CancellationToken.None);
    }
}

/// <summary>A failure as HTTP says it.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">A URI that names the kind.</param>
/// <param name="Detail">What went wrong this time.</param>
/// <param name="RetryAfter">When to try again; null where trying again does not help.</param>
/// <param name="Violations">Broken rules; null where the input was not at fault.</param>
internal sealed record Problem(int Status, string Type, string Detail, TimeSpan? RetryAfter = null, IReadOnlyList<Violation>? Violations = null);
