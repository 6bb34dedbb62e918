using DinOrleans.Programs.Starting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DinOrleans.Programs;

/// <summary>
/// Runs a server as a program. Settings are checked before anything is touched. An error that ends the program is one line on standard error
/// and exit code 1. A stop that was asked for, also during the start, is exit code 0.
/// </summary>
/// <param name="usage">The options and settings that the command line may hold.</param>
/// <param name="compose">Makes the builder with all of the program's services, and the function that builds the host.</param>
public sealed partial class ServerProgram(ProgramUsage usage, Func<ProgramArguments, (IHostApplicationBuilder Builder, Func<IHost> Build)> compose)
{
    /// <summary>How long services may take to stop after a failed start. One that takes longer ends with the process.</summary>
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    /// <summary>Runs the program to its end.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Takes the help that was asked for.</param>
    /// <param name="error">Takes the line that says why the program ended.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        using var signals = new StopSignals();
        IHost? host = null;
        bool started = false;
        try
        {
            var arguments = ProgramArguments.Parse(args, usage.Options);
            (IHostApplicationBuilder builder, Func<IHost> build) = compose(arguments);
            var settings = new KnownSettings(builder.Services);
            if (arguments.Help)
            {
                await output.WriteLineAsync(HelpText.Compose(usage, settings)).ConfigureAwait(false);
                return 0;
            }

            settings.Check(builder.Configuration, arguments, usage);
            var logging = StartLogging.Add(builder);
            host = build();
            started = await StartAsync(host, signals.Token).ConfigureAwait(false);
            if (!started)
            {
                return 0;
            }

            logging.Started();
            await host.WaitForShutdownAsync(signals.Token).ConfigureAwait(false);
            return FailedService(host) is { } failure ? await EndAsync(failure, host, started, error).ConfigureAwait(false) : 0;
        }
        catch (Exception) when (!started && signals.Token.IsCancellationRequested)
        {
            // A start that is cut short may fail in any way. It was asked to stop, and it does.
            return 0;
        }
        catch (Exception e)
        {
            return await EndAsync(e, host, started, error).ConfigureAwait(false);
        }
        finally
        {
            await DisposeAsync(host).ConfigureAwait(false);
        }
    }

    /// <returns>False where the host was asked to stop before it had started.</returns>
    private static async Task<bool> StartAsync(IHost host, CancellationToken cancellationToken)
    {
        host.Services.GetService<IStartupValidator>()?.Validate();
        foreach (IStartCheck check in host.Services.GetServices<IStartCheck>())
        {
            await check.CheckAsync(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        try
        {
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch
        {
            // A signal may have reached the host before it reaches this program.
            bool isAsked = cancellationToken.IsCancellationRequested
                || (host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested && FailedService(host) is null);

            // Services that had started stop as they always do, so that a silo tells its cluster that it leaves.
            await StopAsync(host).ConfigureAwait(false);
            if (isAsked)
            {
                return false;
            }

            throw;
        }
    }

    private static async Task StopAsync(IHost host)
    {
        using var limit = new CancellationTokenSource(TimeToStop);
        try
        {
            await host.StopAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Services that never started may fail to stop. The error that ended the start is the one that counts.
            LogNotStopped(Logger(host), e);
        }
    }

    /// <summary>The error that ended a background service, and with it the host; null where none has failed.</summary>
    private static AggregateException? FailedService(IHost host) =>
        host.Services.GetServices<IHostedService>().OfType<BackgroundService>().Select(s => s.ExecuteTask?.Exception).FirstOrDefault(e => e is not null);

    private static async Task<int> EndAsync(Exception failure, IHost? host, bool started, TextWriter error)
    {
        if (host is not null)
        {
            // The stack of an unforeseen error is logged for a server that was running. A failed start can be tried again with more logging.
            LogEnds(Logger(host), started && !FailureLine.IsForPeople(failure) ? LogLevel.Critical : LogLevel.Debug, failure);
        }

        await error.WriteLineAsync(FailureLine.Describe(failure)).ConfigureAwait(false);
        return 1;
    }

    private static ILogger Logger(IHost host) => host.Services.GetRequiredService<ILogger<ServerProgram>>();

    /// <summary>Disposes the host. What of it still stops may fail by that. The exit code is known by then, and stays.</summary>
    private static async ValueTask DisposeAsync(IHost? host)
    {
        if (host is null)
        {
            return;
        }

        ILogger logger = Logger(host);
        try
        {
            if (host is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                host.Dispose();
            }
        }
        catch (Exception e)
        {
            LogNotStopped(logger, e);
        }
    }

    [LoggerMessage(EventId = 100, Message = "The program ends")]
    private static partial void LogEnds(ILogger logger, LogLevel level, Exception error);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Not everything that had started has stopped")]
    private static partial void LogNotStopped(ILogger logger, Exception error);
}
