using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Programs.Starting;

/// <summary>What programs log where the configuration says nothing else, and what they do not log while they start.</summary>
internal sealed class StartLogging
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <summary>These log the error that ends a start, with its stack; the program itself says it in one line.</summary>
    private static readonly string[] TellOfAFailedStart =
        [Host, "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Hosting.Diagnostics", "Orleans.Runtime.SiloLifecycleSubject", "Orleans.Lifecycle", "Orleans.Hosting.SiloHostedService", "Orleans.Runtime.Silo", "Orleans.Silo"];

    private static readonly Dictionary<string, string?> Quiet = new()
    {
        // A line for each request would hold user ids, as paths do, and cost up to half of the throughput.
        ["Logging:LogLevel:Default"] = "Warning",
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",

        // Late timers and the retries inside of Orleans: what fails for good is an exception of its own.
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",
        ["Logging:LogLevel:Polly"] = "Critical",
    };

    private volatile bool _started;

    /// <summary>Sets up a program's logs.</summary>
    public static StartLogging Add(IHostApplicationBuilder builder)
    {
        var logging = new StartLogging();
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Quiet });
        builder.Services.PostConfigure<LoggerFilterOptions>(logging.Hold);
        return logging;
    }

    /// <summary>From now on everything is logged that the configuration asks for.</summary>
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
