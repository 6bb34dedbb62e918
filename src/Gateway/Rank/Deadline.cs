using DinOrleans.Contracts;

namespace DinOrleans.Gateway.Rank;

/// <summary>How long a ranking is of use to its caller.</summary>
/// <param name="Budget">The time that the caller gives; null where it gives none.</param>
/// <param name="Violation">The rule that the caller's time breaks; null where it is right or missing.</param>
internal readonly record struct Deadline(TimeSpan? Budget, Violation? Violation = null);
