namespace DinOrleans.Gateway.Problems;

/// <summary>The gateway cannot do what was asked for now, and says why in words for callers.</summary>
internal sealed class NotReadyException(string message) : Exception(message);
