namespace DinOrleans.Client;

/// <inheritdoc/>
internal sealed class ModelCalls(HttpCalls calls) : IModels
{
    private const string Path = "v1/models";

    /// <inheritdoc/>
    public Task<ModelRegistry> GetAsync(CancellationToken cancellationToken = default) => ReadAsync(new HttpCall(HttpMethod.Get, Path), cancellationToken);

    /// <inheritdoc/>
    public Task<ModelOrigin?> GetAsync(string version, CancellationToken cancellationToken = default) =>
        calls.FindAsync(new HttpCall(HttpMethod.Get, Of(version)), ClientJson.Default.ModelOrigin, cancellationToken);

    /// <inheritdoc/>
    public Task<ModelRegistry> PublishAsync(string version, bool rollOut = true, CancellationToken cancellationToken = default) =>
        ReadAsync(new HttpCall(HttpMethod.Post, Path).With(new(version, rollOut), ClientJson.Default.PublishBody), cancellationToken);

    /// <inheritdoc/>
    public Task<ModelRegistry> ActivateAsync(string version, CancellationToken cancellationToken = default) =>
        ReadAsync(new HttpCall(HttpMethod.Post, Of(version) + "/activate").With(new(), ClientJson.Default.EmptyBody), cancellationToken);

    /// <inheritdoc/>
    public async Task UploadAsync(string version, string folder, IProgress<UploadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        FileInfo[] files = [.. new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(f => f.FullName, StringComparer.Ordinal)];
        var call = new HttpCall(HttpMethod.Put, Of(version))
        {
            IsLong = true,
            Body = () => new FolderTar(folder, files, progress) { Headers = { ContentType = new("application/x-tar") } },
        };
        await calls.SendAsync(call, cancellationToken).ConfigureAwait(false);
    }

    private Task<ModelRegistry> ReadAsync(HttpCall call, CancellationToken cancellationToken) => calls.SendAsync(call, ClientJson.Default.ModelRegistry, cancellationToken);

    private static string Of(string version) => $"{Path}/{Uri.EscapeDataString(version)}";
}
