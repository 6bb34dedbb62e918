namespace DinOrleans.RankOverRest;

/// <summary>The API answered with an error.</summary>
public sealed class ProblemException(Problem problem)
    : Exception(string.Join(' ', [$"{problem.Status} {problem.Title}: {problem.Detail}", .. problem.Errors.Select(e => $"{e.Field} {e.Rule}.")]))
{
    /// <summary>The error, with the fields that break a rule.</summary>
    public Problem Problem { get; } = problem;
}
