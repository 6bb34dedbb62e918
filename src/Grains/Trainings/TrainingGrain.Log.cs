using DinOrleans.Contracts.Trainings;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Grains.Trainings;

public sealed partial class TrainingGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Training {Training} waits, asked for by {Trigger}")]
    private partial void LogRequested(string training, TrainingTrigger trigger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Training {Training} is with the training service {Worker}, attempt {Attempt}")]
    private partial void LogTaken(string training, string? worker, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Training {Training} has lost its training service: {Reason}")]
    private partial void LogLost(string training, string? reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Training {Training} is {State}")]
    private partial void LogState(string training, TrainingState state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Training {Training} failed and is tried again at {NotBefore:u}: {Reason}")]
    private partial void LogRetry(string training, DateTimeOffset? notBefore, string? reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Training {Training} failed again for the same reason and is tried again at {NotBefore:u}")]
    private partial void LogSameFailure(string training, DateTimeOffset? notBefore);

    [LoggerMessage(EventId = 340, Level = LogLevel.Warning, Message = "The version of training {Training} was rejected: {Reason}")]
    private partial void LogRejected(string training, string? reason);

    [LoggerMessage(EventId = 341, Level = LogLevel.Error, Message = "Training {Training} is given up after {Failures} failures: {Reason}")]
    private partial void LogGivenUp(string training, int failures, string? reason);
}
