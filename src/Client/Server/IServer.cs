namespace DinOrleans.Client;

/// <summary>The state of a server and of its cluster.</summary>
public interface IServer
{
    /// <summary>Returns the event types and features that requests may name. Needs a key, whatever its scopes.</summary>
    Task<Schema> GetSchemaAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns what the gateway that answers and its cluster do now. Needs a key, whatever its scopes.</summary>
    Task<Overview> GetOverviewAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns what each silo does now. Needs the scope <c>admin</c>.</summary>
    Task<IReadOnlyList<SiloLoad>> GetClusterAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns the settings of the process that answers, without secrets. Needs the scope <c>admin</c>.</summary>
    Task<IReadOnlyList<SettingSection>> GetSettingsAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns once the process has started. Needs no key.</summary>
    Task<Health> GetStartupAsync(CancellationToken cancellationToken = default);

    /// <summary>Returns once the process answers. Needs no key.</summary>
    Task<Health> GetLiveAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Returns what would rank, and whether writes are taken. A server that is not ready is called again, as any call is after 503, for as long as
    /// <see cref="DinOrleansClientOptions.Patience"/> says. Needs no key.
    /// </summary>
    Task<Health> GetReadyAsync(CancellationToken cancellationToken = default);
}
