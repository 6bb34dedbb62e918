using System.Diagnostics;

namespace DinOrleans.Storage;

/// <summary>A caller whose work waits until it is done together with that of others. It is empty where the caller's trace is not recorded.</summary>
/// <param name="Span">The caller's span.</param>
/// <param name="Since">When the work began to wait, by the machine's clock, as of all spans.</param>
public readonly record struct WaitingCaller(Activity? Span, DateTime Since)
{
    /// <summary>Makes one of the current span. It allocates nothing.</summary>
    /// <param name="source">The source of the spans that will be made.</param>
    public static WaitingCaller Of(ActivitySource source) =>
        source.HasListeners() && Activity.Current is { Recorded: true } span ? new(span, DateTime.UtcNow) : default;
}
