using DinOrleans.Programs.Listening;
using DinOrleans.Programs.Starting;
using Microsoft.Extensions.Options;

namespace DinOrleans.Programs.Monitoring;

/// <summary>Checks the addresses for probes before anything else of the process starts.</summary>
internal sealed class MonitoringAddresses(IOptions<MonitoringOptions> options) : IStartCheck
{
    private const string Setting = $"{MonitoringOptions.Section}:{nameof(MonitoringOptions.Urls)}";

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        ListenAddresses.Check(Setting, options.Value.Urls, ["http"]);
        return Task.CompletedTask;
    }
}
