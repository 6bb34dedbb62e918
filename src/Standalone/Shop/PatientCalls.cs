using DinOrleans.Contracts;

namespace DinOrleans.Standalone.Shop;

/// <summary>
/// Repeats the start's calls that were not answered in time, or that the store could not take yet. A store that is busy for long, such as with a
/// large catalogue, must not end a program that serves meanwhile.
/// </summary>
public sealed partial class PatientCalls(TimeProvider time, ILogger<PatientCalls> logger)
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    /// <summary>Makes a call, which may be carried out twice, until it is answered.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends the repetitions.</param>
    public async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (Exception e) when (e is TimeoutException or StoreUnavailableException && !cancellationToken.IsCancellationRequested)
            {
                LogRepeats(e.Message);
            }

            await Task.Delay(Wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc cref="CallAsync{T}"/>
    public Task CallAsync(Func<Task> call, CancellationToken cancellationToken) => CallAsync(
        async () =>
        {
            await call().ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The start of the shop waits, and goes on by itself: {Reason}")]
    private partial void LogRepeats(string reason);
}
