namespace DinOrleans.Cli.Results;

/// <summary>The report of a comparison.</summary>
/// <param name="Html">The report to look at.</param>
/// <param name="Report">The report as JSON.</param>
internal sealed record CompareResult(string Html, string Report);
