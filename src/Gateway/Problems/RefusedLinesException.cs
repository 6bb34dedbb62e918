using DinOrleans.Contracts.Validation;

namespace DinOrleans.Gateway.Problems;

/// <summary>Lines of a body broke rules. The batches without such a line were written.</summary>
internal sealed class RefusedLinesException(long accepted, long refused, Violations violations)
    : Exception($"{accepted:N0} items were written. {refused:N0} lines were not, because their batch has a line that breaks a rule. Send those again.")
{
    /// <summary>The number of items that were written.</summary>
    public long Accepted { get; } = accepted;

    /// <summary>The number of lines that were not written.</summary>
    public long Refused { get; } = refused;

    /// <summary>The broken rules. Fields begin with the number of the line.</summary>
    public Violations Violations { get; } = violations;
}
