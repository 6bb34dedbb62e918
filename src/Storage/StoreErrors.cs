using DinOrleans.Contracts;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Storage;

/// <summary>
/// Turns a driver's exceptions into those for callers. The cause is logged here and goes no further, because it names hosts, files and tables and
/// has a type that other processes do not have.
/// </summary>
internal sealed partial class StoreErrors(TimeProvider time, ILogger logger)
{
    private readonly ILogger _logger = logger;
    private readonly RepeatedFailures _temporary = new(time);
    private readonly RepeatedFailures _permanent = new(time);

    /// <summary>Logs a failure.</summary>
    /// <param name="done">What could not be done with the database: "read" or "written".</param>
    /// <param name="cause">The error of the driver.</param>
    /// <param name="isTemporary">True where the same call may succeed later.</param>
    /// <returns>The exception for the caller.</returns>
    public Exception Report(string done, Exception cause, bool isTemporary)
    {
        if (isTemporary)
        {
            if (_temporary.ShouldLog(out int unlogged))
            {
                LogUnavailable(cause, done, unlogged);
            }

            return new StoreUnavailableException($"The database cannot be {done} now.");
        }

        if (_permanent.ShouldLog(out int others))
        {
            LogFailed(cause, done, others);
        }

        return new InternalErrorException($"The database cannot be {done}; the log says why.");
    }

    [LoggerMessage(EventId = 400, Level = LogLevel.Warning, Message = "The database cannot be {Done} now; callers may retry. There were {Unlogged} more failures since the last one that was logged")]
    private partial void LogUnavailable(Exception error, string done, int unlogged);

    [LoggerMessage(EventId = 401, Level = LogLevel.Error, Message = "The database cannot be {Done}, and a retry will not help. There were {Unlogged} more failures since the last one that was logged")]
    private partial void LogFailed(Exception error, string done, int unlogged);
}
