using System.Text;

namespace DinOrleans.Cli.Doctor;

/// <summary>How much a finding matters.</summary>
internal enum Severity
{
    /// <summary>Nothing has to be done.</summary>
    Note,

    /// <summary>Something is wrong.</summary>
    Problem,

    /// <summary>Something could not be looked at.</summary>
    Unknown,
}

/// <summary>Something that was found.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Subject">What it is about, such as a file or an address.</param>
/// <param name="Text">A sentence that says what was found.</param>
/// <param name="Advice">A sentence that says what to do.</param>
internal sealed record Finding(Severity Severity, string Subject, string Text, string Advice);

/// <summary>Everything that was found.</summary>
internal sealed class Findings
{
    /// <summary>The exit code where nothing is wrong.</summary>
    public const int Healthy = 0;

    /// <summary>The exit code where something is wrong.</summary>
    public const int HasProblems = 1;

    /// <summary>The exit code where nothing is known to be wrong, but something could not be looked at.</summary>
    public const int CannotTell = 2;

    private readonly List<Finding> _all = [];

    /// <summary>The exit code of the command.</summary>
    public int ExitCode =>
        _all.Any(f => f.Severity == Severity.Problem) ? HasProblems
        : _all.Any(f => f.Severity == Severity.Unknown) ? CannotTell
        : Healthy;

    public void Note(string subject, string text, string advice) => _all.Add(new(Severity.Note, subject, text, advice));

    public void Problem(string subject, string text, string advice) => _all.Add(new(Severity.Problem, subject, text, advice));

    public void Unknown(string subject, string text, string advice) => _all.Add(new(Severity.Unknown, subject, text, advice));

    /// <summary>One line per finding, the worst first, and a last one that sums up.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (Severity severity in (Severity[])[Severity.Problem, Severity.Unknown, Severity.Note])
        {
            foreach (Finding finding in _all.Where(f => f.Severity == severity))
            {
                text.Append($"{severity.ToString().ToLowerInvariant()}: {finding.Subject}: {finding.Text} {finding.Advice}".ReplaceLineEndings(" ").TrimEnd()).Append('\n');
            }
        }

        int problems = _all.Count(f => f.Severity == Severity.Problem);
        return text.Append(problems switch
        {
            0 when ExitCode == Healthy => "Nothing is wrong.\n",
            0 => "Nothing is known to be wrong, but not everything could be looked at.\n",
            1 => "1 problem.\n",
            _ => $"{problems} problems.\n",
        }).ToString();
    }

    /// <summary>The findings in the order in which they were made.</summary>
    public Diagnosis ToDiagnosis() => new(ExitCode, [.. _all.Select(f => new DiagnosedFinding(f.Severity, f.Subject, f.Text, f.Advice))]);
}
