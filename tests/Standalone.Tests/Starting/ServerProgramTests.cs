using DinOrleans.Programs;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Standalone.Tests.Starting;

/// <summary>How a program with a host of its own runs and ends.</summary>
public sealed class ServerProgramTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_WhereABackgroundServiceFails_EndsWithItsReason() =>
        Refused.Assert(await RunAsync(_ => throw new IOException("The disk is gone.\n   It was full.")), "error: The disk is gone. It was full.");

    [Fact]
    public async Task RunAsync_WhereAnErrorWasNotForeseen_NamesItsKindAndHowToSeeMore() =>
        Refused.Assert(await RunAsync(_ => throw new InvalidOperationException("Sequence contains no elements")), "InvalidOperationException: Sequence contains no elements");

    [Fact]
    public async Task RunAsync_AskedToStop_EndsWell()
    {
        CommandResult result = await RunAsync(services => services.GetRequiredService<IHostApplicationLifetime>().StopApplication());

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Routing", false, true)]
    [InlineData("DinOrleans.Anything", false, true)]
    [InlineData("Microsoft.Hosting.Lifetime", true, true)]
    [InlineData("Polly", false, false)]
    public async Task RunAsync_Logs_LessUnlessToldOtherwise(string category, bool logsByDefault, bool logsWhereTold)
    {
        Assert.Equal(logsByDefault, await LogsInformationAsync());
        Assert.Equal(logsWhereTold, await LogsInformationAsync("--Logging:LogLevel:Default=Information"));

        async Task<bool> LogsInformationAsync(params string[] arguments)
        {
            bool logs = false;
            CommandResult result = await RunAsync(
                services =>
                {
                    logs = services.GetRequiredService<ILoggerFactory>().CreateLogger(category).IsEnabled(LogLevel.Information);
                    services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
                },
                arguments);
            Assert.Equal(0, result.ExitCode);
            return logs;
        }
    }

    /// <summary>Runs a program that does one thing in the background once it has started.</summary>
    private static async Task<CommandResult> RunAsync(Action<IServiceProvider> work, params string[] arguments)
    {
        var program = new ServerProgram(new("Test", "Does one thing.", [], ProgramUsage.AnyHost), parsed =>
        {
            HostApplicationBuilder builder = Host.CreateApplicationBuilder(parsed.ForConfiguration);
            builder.Services.AddHostedService(services => new OneThing(services, work));
            return (builder, builder.Build);
        });
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = await program.RunAsync(arguments, output, error).WaitAsync(Eventually.Timeout, Cancellation);
        return new(code, output.ToString(), error.ToString());
    }

    private sealed class OneThing(IServiceProvider services, Action<IServiceProvider> work) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            IHostApplicationLifetime lifetime = services.GetRequiredService<IHostApplicationLifetime>();
            var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using CancellationTokenRegistration whenStarted = lifetime.ApplicationStarted.Register(started.SetResult);
            await started.Task.WaitAsync(stoppingToken);
            work(services);
        }
    }
}
