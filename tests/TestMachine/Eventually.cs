using System.Collections;
using System.Diagnostics;

namespace DinOrleans.TestMachine;

/// <summary>Waits for a phase of a test without guessing how long it takes.</summary>
public static class Eventually
{
    private const double Growth = 1.1;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Who waits for long looks less often: each look takes time of the machine from what is waited for.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>The time that a phase may take on a busy machine where the test does not say.</summary>
    public static TimeSpan Timeout { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Looks at a state until it is as wanted.</summary>
    /// <param name="phase">A description of what is waited for. The message of a failure names it.</param>
    /// <param name="look">
    /// Reads the state. One that throws has failed the test, unless it took too long: calls of a cluster say so by a <see cref="TimeoutException"/>, and may be
    /// made again.
    /// </param>
    /// <param name="condition">Whether the state is as wanted.</param>
    /// <param name="timeout">The longest time to wait. Null for <see cref="Timeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The state.</returns>
    /// <exception cref="TimeoutException">It did not become so; the message has the state seen last.</exception>
    public static async Task<T> BecomesAsync<T>(
        string phase, Func<Task<T>> look, Func<T, bool> condition, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        TimeSpan limit = timeout ?? Timeout;
        long start = Stopwatch.GetTimestamp();
        object? last = "nothing: the first look has not ended";
        TimeSpan pause = Pause;
        try
        {
            while (true)
            {
                try
                {
                    T state = await look().WaitAsync(limit - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } left ? left : TimeSpan.Zero, cancellationToken);
                    if (condition(state))
                    {
                        return state;
                    }

                    last = state;
                }
                catch (TimeoutException e) when (Stopwatch.GetElapsedTime(start) < limit)
                {
                    last = e;
                }

                if (Stopwatch.GetElapsedTime(start) > limit)
                {
                    throw new TimeoutException();
                }

                await Task.Delay(pause, cancellationToken);
                pause = pause < LongestPause ? pause * Growth : LongestPause;
            }
        }
        catch (TimeoutException) when (Stopwatch.GetElapsedTime(start) >= limit)
        {
            throw new TimeoutException($"Waited {limit} until {phase}. Seen last: {Text(last)}");
        }
    }

    /// <inheritdoc cref="BecomesAsync{T}(string, Func{Task{T}}, Func{T, bool}, TimeSpan?, CancellationToken)"/>
    public static Task<T> BecomesAsync<T>(
        string phase, Func<T> look, Func<T, bool> condition, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        BecomesAsync(phase, () => Task.FromResult(look()), condition, timeout, cancellationToken);

    private static string? Text(object? state) => state is IEnumerable and not string ? string.Join(", ", ((IEnumerable)state).Cast<object>()) : state?.ToString();
}
