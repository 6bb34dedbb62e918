using System.Diagnostics;

namespace DinOrleans.Storage;

/// <summary>
/// Makes the spans of work that is done for several callers at once. A span has one parent, so the work belongs to the trace of its first recorded
/// caller, and is linked to the spans of all recorded callers. In each caller's trace, the span of its wait is linked to the work.
/// </summary>
public static class SharedWork
{
    /// <summary>Ends the callers' waits and starts the span of their work. It allocates nothing where nobody listens.</summary>
    /// <param name="source">The source of the spans.</param>
    /// <param name="wait">The name of the span of a wait.</param>
    /// <param name="work">The name of the span of the work.</param>
    /// <param name="items">What the work is done for.</param>
    /// <param name="callerOf">Returns the caller of an item.</param>
    /// <returns>The span, which ends when it is disposed; null where no caller's trace is recorded.</returns>
    public static Activity? Start<T>(ActivitySource source, string wait, string work, IReadOnlyList<T> items, Func<T, WaitingCaller> callerOf)
    {
        if (!source.HasListeners())
        {
            return null;
        }

        WaitingCaller[] callers = [.. items.Select(callerOf).Where(c => c.Span is not null)];
        if (callers.Length == 0)
        {
            return null;
        }

        ActivityLink[] links = [.. callers.Select(c => new ActivityLink(c.Span!.Context))];
        Activity? shared = source.StartActivity(work, ActivityKind.Internal, callers[0].Span!.Context, tags: null, links);
        foreach (WaitingCaller caller in callers)
        {
            ActivityLink[] done = shared is null ? [] : [new ActivityLink(shared.Context)];
            using Activity? waited = source.StartActivity(wait, ActivityKind.Internal, caller.Span!.Context, tags: null, done, caller.Since);
        }

        return shared;
    }
}
