using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Gateway.Tests.Hosting;

/// <summary>Keeps what was logged.</summary>
public sealed class LogRecorder : ILoggerProvider, ILogger
{
    /// <summary>The lowest level of the lines that are kept.</summary>
    public LogLevel Lowest { get; init; } = LogLevel.Warning;

    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= Lowest;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Lines.Enqueue(exception is null ? formatter(state, exception) : $"{formatter(state, exception)}: {exception}");
        }
    }

    public void Dispose()
    {
    }
}
