using DinOrleans.Contracts;

namespace DinOrleans.Gateway.Problems;

/// <summary>Problem details, RFC 9457.</summary>
/// <param name="Type">The status code's definition.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The status code.</param>
/// <param name="Detail">What went wrong this time.</param>
/// <param name="Errors">The rules that the input broke, at most 100; empty where the input is not to blame.</param>
/// <param name="MoreErrors">How many broken rules are not listed; left out where all are.</param>
internal sealed record Problem(string Type, string Title, int Status, string? Detail, IReadOnlyList<Violation> Errors, int? MoreErrors);
