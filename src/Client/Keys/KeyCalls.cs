namespace DinOrleans.Client;

/// <inheritdoc/>
internal sealed class KeyCalls(HttpCalls calls) : IApiKeys
{
    private const string Path = "v1/keys";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ApiKey>> GetAsync(CancellationToken cancellationToken = default) =>
        (await calls.SendAsync(new HttpCall(HttpMethod.Get, Path), ClientJson.Default.KeyList, cancellationToken).ConfigureAwait(false)).Keys;

    /// <inheritdoc/>
    public Task<NewKey> MakeAsync(KeyRequest request, CancellationToken cancellationToken = default) => calls.SendAsync(
        new HttpCall(HttpMethod.Post, Path) { IsIdempotent = false }.With(request, ClientJson.Default.KeyRequest), ClientJson.Default.NewKey, cancellationToken);

    /// <inheritdoc/>
    public Task RevokeAsync(string id, CancellationToken cancellationToken = default) =>
        calls.SendAsync(new HttpCall(HttpMethod.Delete, $"{Path}/{Uri.EscapeDataString(id)}"), cancellationToken);
}
