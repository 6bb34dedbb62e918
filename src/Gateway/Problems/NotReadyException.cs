namespace DinOrleans.Gateway.Problems;

/// <summary>The gateway cannot answer now. The message says why, in words for callers.</summary>
internal sealed class NotReadyException(string message) : Exception(message);
