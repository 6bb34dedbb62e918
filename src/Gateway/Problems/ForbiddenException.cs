namespace DinOrleans.Gateway.Problems;

/// <summary>The caller is known and may not do this. The message says why, in words for callers.</summary>
internal sealed class ForbiddenException(string message) : Exception(message);
