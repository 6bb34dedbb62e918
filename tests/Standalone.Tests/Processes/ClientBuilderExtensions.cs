using Orleans.Configuration;

namespace DinOrleans.Standalone.Tests.Processes;

internal static class ClientBuilderExtensions
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100);

    /// <summary>Tries to connect until the test is over. A silo on a machine that has much else to do may be slow to answer.</summary>
    public static IClientBuilder KeepTrying(this IClientBuilder client) => client
        .Configure<ConnectionOptions>(options => options.OpenConnectionTimeout = TimeSpan.FromMinutes(1))
        .UseConnectionRetryFilter(async (_, cancellationToken) =>
        {
            await Task.Delay(Wait, cancellationToken);
            return true;
        });
}
