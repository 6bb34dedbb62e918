using DinOrleans.Contracts;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Storage;

/// <summary>
/// Turns what a driver throws into what callers are told. The cause is logged here and goes no further: it names hosts, files and tables,
/// and is of a type that other processes do not have.
/// </summary>
internal sealed partial class StoreErrors(TimeProvider time, ILogger logger)
{
    private readonly ILogger _logger = logger;
    private readonly RepeatedFailures _temporary = new(time);
    private readonly RepeatedFailures _permanent = new(time);

    /// <summary>Logs a failure.</summary>
    /// <param name="done">What could not be done with the database: "read" or "written".</param>
    /// <param name="cause">What went wrong.</param>
    /// <param name="isTemporary">True where the same call may succeed later.</param>
    /// <returns>What the caller is told.</returns>
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

        return new InternalErrorException($"The database cannot be {done}; the log of the silo says why.");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database cannot be {Done} now; callers may retry. {Unlogged} more failures since the last one logged")]
    private partial void LogUnavailable(Exception error, string done, int unlogged);

    [LoggerMessage(Level = LogLevel.Error, Message = "The database cannot be {Done}, and a retry will not help. {Unlogged} more failures since the last one logged")]
    private partial void LogFailed(Exception error, string done, int unlogged);
}
