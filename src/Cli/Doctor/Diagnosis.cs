namespace DinOrleans.Cli.Doctor;

/// <summary>What is wrong.</summary>
/// <param name="ExitCode">The exit code of the command: 0 where nothing is wrong, 1 where something is, and 2 where it cannot tell.</param>
/// <param name="Findings">What was found.</param>
internal sealed record Diagnosis(int ExitCode, IReadOnlyList<DiagnosedFinding> Findings);

/// <summary>Something that was found.</summary>
/// <param name="Severity">"note", "problem", or "unknown" for something that could not be looked at.</param>
/// <param name="Subject">What it is about, such as a file or an address.</param>
/// <param name="Finding">A sentence that says what was found.</param>
/// <param name="Advice">A sentence that says what to do.</param>
internal sealed record DiagnosedFinding(Severity Severity, string Subject, string Finding, string Advice);
