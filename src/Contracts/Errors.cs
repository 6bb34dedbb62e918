namespace DinOrleans.Contracts;

/// <summary>One broken rule of an input.</summary>
/// <param name="Field">The JSON path of the field, for example <c>candidates[3].itemId</c>.</param>
/// <param name="Rule">The rule in words, for example "must be 1 to 200 characters".</param>
[GenerateSerializer, Immutable, Alias("DinOrleans.Violation")]
public sealed record Violation([property: Id(0)] string Field, [property: Id(1)] string Rule);

/// <summary>An input broke rules. Nothing of it was applied.</summary>
/// <remarks>It carries the first broken rules and the number of the others, because one request can break hundreds of thousands.</remarks>
[GenerateSerializer, Alias("DinOrleans.InvalidInputException")]
public sealed class InvalidInputException : Exception
{
    public InvalidInputException(IReadOnlyList<Violation> violations, int more = 0)
        : base(string.Join("; ", violations.Select(v => $"{v.Field} {v.Rule}")) + (more > 0 ? $"; and {more:N0} more" : ""))
    {
        Violations = violations;
        More = more;
    }

    /// <summary>The broken rules: all of them, or the first <see cref="InputLimits.Violations"/>.</summary>
    [Id(0)]
    public IReadOnlyList<Violation> Violations { get; }

    /// <summary>The number of broken rules that are not listed.</summary>
    [Id(1)]
    public int More { get; }
}

/// <summary>The call is valid, but the current state does not allow it and must be changed first. Nothing was applied.</summary>
[GenerateSerializer, Alias("DinOrleans.ConflictException")]
public sealed class ConflictException : Exception
{
    public ConflictException(string field, string rule)
        : base($"{field} {rule}") => Violation = new(field, rule);

    /// <summary>The field that conflicts and the rule that it breaks.</summary>
    [Id(0)]
    public Violation Violation { get; }
}

/// <summary>The system is at its limit and did not take the call on. The same call may succeed later.</summary>
[GenerateSerializer, Alias("DinOrleans.OverloadedException")]
public sealed class OverloadedException : Exception
{
    public OverloadedException(string message, TimeSpan retryAfter)
        : base(message) => RetryAfter = retryAfter;

    /// <summary>How long to wait before trying again.</summary>
    [Id(0)]
    public TimeSpan RetryAfter { get; }
}

/// <summary>The deadline of a request passed before it was scored.</summary>
[GenerateSerializer, Alias("DinOrleans.DeadlineExceededException")]
public sealed class DeadlineExceededException : Exception
{
    public DeadlineExceededException(string message)
        : base(message)
    {
    }
}

/// <summary>The silo that was asked to score does not hold the version. The caller's own silo is behind or ahead of it.</summary>
[GenerateSerializer, Alias("DinOrleans.ModelVersionNotLoadedException")]
public sealed class ModelVersionNotLoadedException : Exception
{
    public ModelVersionNotLoadedException(string message)
        : base(message)
    {
    }
}

/// <summary>
/// A store cannot be reached or cannot take the call now. The same call may succeed later. A write was either not applied, or the connection was
/// lost before the store could say whether it was. Repeating a write does no harm: an event id is applied once, and so is every other write.
/// </summary>
/// <remarks>It carries no inner exception. The cause is in the log of the silo, and may have a type that callers do not have.</remarks>
[GenerateSerializer, Alias("DinOrleans.StoreUnavailableException")]
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException(string message)
        : base(message)
    {
    }
}

/// <summary>The system failed on a call, and repeating the call does not help. Nothing of the call was applied.</summary>
/// <remarks>It carries no inner exception and no text of one. The cause is in the log of the silo.</remarks>
[GenerateSerializer, Alias("DinOrleans.InternalErrorException")]
public sealed class InternalErrorException : Exception
{
    public InternalErrorException(string message)
        : base(message)
    {
    }
}
