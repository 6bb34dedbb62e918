using DinOrleans.Gateway.Settings;
using DinOrleans.Gateway.Telemetry;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Calls;

/// <summary>
/// Calls grains, and repeats a call that met a silo which is leaving its cluster or has just left it. The grain is then on another silo within
/// moments.
/// </summary>
/// <remarks>
/// Nobody can tell whether a call that failed so was carried out, so only calls that do no harm twice may be made here: reads, rankings, and writes
/// that the contracts allow to be repeated. A call that was not answered in time is not repeated, because it has used up the time of its caller and
/// may still be under way.
/// </remarks>
internal sealed class ClusterCalls(IOptions<GatewayOptions> options, TimeProvider time, GatewayInstruments instruments)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(400);

    /// <summary>Makes a call, and repeats it for as long as <see cref="GatewayOptions.RepeatCallsFor"/> says.</summary>
    /// <param name="call">The call, which is given the token.</param>
    /// <param name="cancellationToken">Ends the call and its repetitions.</param>
    public async Task<T> CallAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        for (TimeSpan wait = FirstWait; ; wait = wait + wait < LongestWait ? wait + wait : LongestWait)
        {
            try
            {
                return await call(cancellationToken);
            }
            catch (Exception e) when (IsOfALeavingSilo(e, cancellationToken) && time.GetElapsedTime(started) + wait <= options.Value.RepeatCallsFor)
            {
                instruments.CallRepeated();
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <inheritdoc cref="CallAsync{T}"/>
    public Task CallAsync(Func<CancellationToken, Task> call, CancellationToken cancellationToken) => CallAsync(
        async token =>
        {
            await call(token);
            return true;
        },
        cancellationToken);

    /// <summary>True for what a caller sees of a silo that leaves. A cluster that is at its limit is not called again: that would make it worse.</summary>
    private static bool IsOfALeavingSilo(Exception error, CancellationToken cancellationToken) => error switch
    {
        GatewayTooBusyException or LimitExceededException => false,
        OrleansException => true,

        // The silo has cut the call short, and not the caller.
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };
}
