using Microsoft.Extensions.Logging;

namespace DinOrleans.Cli.Running;

/// <summary>Writes each warning and error that is logged as one line on the standard error output, with the message of its cause.</summary>
internal sealed class ErrorOutputLog : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and < LogLevel.None;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            string cause = exception is null ? "" : $" ({exception.Message.TrimEnd('.')})";
            Console.Error.WriteLine($"warning: {formatter(state, exception)}{cause}".ReplaceLineEndings(" "));
        }
    }

    public void Dispose()
    {
    }
}
