using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Programs.Starting;

/// <summary>Sets what programs log by default, and holds back the stacks that would accompany a failed start.</summary>
internal sealed class StartLogging
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <summary>The categories that log the error that ends a start, with its stack. The program itself says it in one line.</summary>
    private static readonly string[] TellOfAFailedStart =
        [Host, "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Hosting.Diagnostics", "Orleans.Runtime.SiloLifecycleSubject", "Orleans.Lifecycle", "Orleans.Hosting.SiloHostedService", "Orleans.Runtime.Silo", "Orleans.Silo"];

    private static readonly Dictionary<string, string?> Quiet = new()
    {
        // One line per request would contain the user ids that are in paths, and would cost up to half of the throughput.
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",

        // Who may call, and who has changed what.
        ["Logging:LogLevel:DinOrleans.Gateway.Auth"] = "Information",

        // Orleans logs late timers and its own retries here. What fails for good is an exception elsewhere.
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",

        // The gateway logs why a call failed. This would log what callers send that is not gRPC.
        ["Logging:LogLevel:Grpc.AspNetCore.Server"] = "Critical",

        // Refused connections are told in one line, with the reason, by DinOrleans.ClusterTls.
        ["Logging:LogLevel:Orleans.Connections.Security"] = "Error",
        ["Logging:LogLevel:Polly"] = "Critical",
    };

    private volatile bool _started;

    /// <summary>Configures the logging of a program.</summary>
    public static StartLogging Add(IHostApplicationBuilder builder)
    {
        var logging = new StartLogging();
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Quiet });
        builder.Services.PostConfigure<LoggerFilterOptions>(logging.Hold);
        return logging;
    }

    /// <summary>Ends the start: everything that the configuration asks for is logged from here on.</summary>
    public void Started() => _started = true;

    private void Hold(LoggerFilterOptions options)
    {
        LoggerFilterRule[] rules = [.. options.Rules];
        options.Rules.Clear();
        foreach (LoggerFilterRule rule in rules)
        {
            options.Rules.Add(new(rule.ProviderName, rule.CategoryName, rule.LogLevel, (provider, category, level) =>
                (_started || !TellOfAFailedStart.Contains(category)) && (rule.Filter?.Invoke(provider, category, level) ?? true)));
        }
    }
}
