using System.Reflection;
using DinOrleans.Contracts;
using Polly;

namespace DinOrleans.Grains.Hosting;

/// <summary>
/// Decides which exceptions leave a silo. A caller may be a process without the libraries of the silo, and may pass a message on to the public. So
/// callers get the exceptions of the contracts, those of Orleans, and those by which a wait ends.
/// </summary>
internal static class WireExceptions
{
    private static readonly Assembly Ours = typeof(InternalErrorException).Assembly;

    /// <summary>True if callers get the exception as it is.</summary>
    public static bool MayLeave(Exception error) =>
        error is OperationCanceledException or TimeoutException || error.GetType().Assembly == Ours || IsOfOrleans(error.GetType());

    /// <summary>True if the type belongs to a library that a caller may not have.</summary>
    public static bool IsForeign(Type type) =>
        typeof(Exception).IsAssignableFrom(type)
        && type.Assembly != Ours
        && !IsOfOrleans(type)
        && type.Assembly != typeof(Exception).Assembly
        && !(type.Assembly.GetName().Name ?? "").StartsWith("System.", StringComparison.Ordinal);

    /// <summary>Returns the exception that a caller gets in place of one that does not leave.</summary>
    public static Exception Told(Exception error) => error is ExecutionRejectedException
        ? new TimeoutException("The cluster does not answer in time.")
        : new InternalErrorException("The silo failed on this call; its log says why.");

    private static bool IsOfOrleans(Type type) => (type.Assembly.GetName().Name ?? "").StartsWith("Orleans.", StringComparison.Ordinal);
}
