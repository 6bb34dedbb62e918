namespace DinOrleans.Client;

/// <summary>The API keys of a server.</summary>
public interface IApiKeys
{
    /// <summary>Returns all keys without their secrets, newest first.</summary>
    Task<IReadOnlyList<ApiKey>> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes a key. The call is not sent again after a lost connection.</summary>
    Task<NewKey> MakeAsync(KeyRequest request, CancellationToken cancellationToken = default);

    /// <summary>Ends a key for good. Every gateway refuses it within 10 seconds.</summary>
    Task RevokeAsync(string id, CancellationToken cancellationToken = default);
}
