using System.Reflection;
using DinOrleans.Contracts;
using Polly;

namespace DinOrleans.Grains.Hosting;

/// <summary>
/// Which exceptions leave a silo. A caller may be a process without this one's libraries, and may pass a message on to the public: it gets ours,
/// those of Orleans, and those of the runtime by which a wait ends.
/// </summary>
internal static class WireExceptions
{
    private static readonly Assembly Ours = typeof(InternalErrorException).Assembly;

    /// <summary>True for an exception that callers get as it is.</summary>
    public static bool MayLeave(Exception error) =>
        error is OperationCanceledException or TimeoutException || error.GetType().Assembly == Ours || IsOfOrleans(error.GetType());

    /// <summary>True for a type of a library that a caller need not have.</summary>
    public static bool IsForeign(Type type) =>
        typeof(Exception).IsAssignableFrom(type)
        && type.Assembly != Ours
        && !IsOfOrleans(type)
        && type.Assembly != typeof(Exception).Assembly
        && !(type.Assembly.GetName().Name ?? "").StartsWith("System.", StringComparison.Ordinal);

    /// <summary>What a caller gets instead of an exception that does not leave.</summary>
    public static Exception Told(Exception error) => error is ExecutionRejectedException
        ? new TimeoutException("The cluster does not answer in time.")
        : new InternalErrorException("The silo failed on this call; its log says why.");

    private static bool IsOfOrleans(Type type) => (type.Assembly.GetName().Name ?? "").StartsWith("Orleans.", StringComparison.Ordinal);
}
