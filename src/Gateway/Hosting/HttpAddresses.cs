using DinOrleans.Gateway.Settings;
using DinOrleans.Programs.Listening;
using DinOrleans.Programs.Starting;

namespace DinOrleans.Gateway.Hosting;

/// <summary>Checks the addresses of the setting <c>urls</c> before anything else of the process starts, such as a silo that others meet.</summary>
internal sealed class HttpAddresses(IConfiguration configuration) : IStartCheck
{
    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        // Kestrel's own endpoints replace these addresses, and Kestrel checks them itself.
        if (configuration[HostUrls.Name] is { } urls && KestrelEndpoints.Of(configuration).Length == 0)
        {
            ListenAddresses.Check(HostUrls.Name, urls, ["http", "https"]);
        }

        return Task.CompletedTask;
    }
}
