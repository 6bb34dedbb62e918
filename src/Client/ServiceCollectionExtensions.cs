using DinOrleans.Client;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the client.</summary>
public static class DinOrleansClientServiceCollectionExtensions
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Adds <see cref="IDinOrleansClient"/> and <see cref="EventSender"/>. The options are checked when the application starts.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the address of the server and, where it asks for one, the key.</param>
    /// <returns>The builder of the client's <see cref="HttpClient"/>, for example to trust an authority.</returns>
    public static IHttpClientBuilder AddDinOrleansClient(this IServiceCollection services, Action<DinOrleansClientOptions> configure)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddOptions<DinOrleansClientOptions>()
            .Configure(configure)
            .ValidateDataAnnotations()
            .Validate(o => o.Address is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }, "Address must be an absolute http or https address.")
            .ValidateOnStart();
        services.AddOptions<EventSenderOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<EventSender>();

        // The event sender holds its client for good. So connections are renewed by their handler, which follows the server to another address, and not by another client.
        return services.AddHttpClient<IDinOrleansClient, DinOrleansClient>()
            .UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = ConnectionLifetime)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }
}
