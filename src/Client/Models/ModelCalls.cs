namespace DinOrleans.Client;

/// <inheritdoc/>
internal sealed class ModelCalls(HttpCalls calls) : IModels
{
    private const string Path = "v1/models";

    /// <inheritdoc/>
    public Task<ModelRegistry> GetAsync(CancellationToken cancellationToken = default) =>
        calls.SendAsync(new HttpCall(HttpMethod.Get, Path), ClientJson.Default.ModelRegistry, cancellationToken);

    /// <inheritdoc/>
    public Task PublishAsync(string version, bool rollOut = true, CancellationToken cancellationToken = default) =>
        calls.SendAsync(new HttpCall(HttpMethod.Post, Path).With(new(version, rollOut), ClientJson.Default.PublishBody), cancellationToken);

    /// <inheritdoc/>
    public Task ActivateAsync(string version, CancellationToken cancellationToken = default) =>
        calls.SendAsync(new HttpCall(HttpMethod.Post, $"{Path}/{Uri.EscapeDataString(version)}/activate").With(new(), ClientJson.Default.EmptyBody), cancellationToken);

    /// <inheritdoc/>
    public Task UploadAsync(string version, Func<Stream> openTar, CancellationToken cancellationToken = default) => calls.SendAsync(
        new HttpCall(HttpMethod.Put, $"{Path}/{Uri.EscapeDataString(version)}")
        {
            Body = () => new StreamContent(openTar()) { Headers = { ContentType = new("application/x-tar") } },
        },
        cancellationToken);
}
