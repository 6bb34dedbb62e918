using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Storage.Artifacts;

/// <summary>Removes, at the start, the folders of versions that a process had not finished when it was killed.</summary>
internal sealed partial class ArtifactLeftOvers(IArtifactStore store, TimeSpan age, ILogger<ArtifactLeftOvers> logger) : IHostedService
{
    /// <summary>The age for a folder that several processes share. A folder that was written to within the last hour may belong to another process.</summary>
    public static readonly TimeSpan SharedAge = TimeSpan.FromHours(1);

    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            int removed = await Task.Run(() => store.RemoveLeftOvers(age), cancellationToken).ConfigureAwait(false);
            if (removed > 0)
            {
                LogRemoved(removed);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folders only take up space, so the process goes on.
            LogNotRemoved(e);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Folders} folders of unfinished model versions were removed")]
    private partial void LogRemoved(int folders);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folders of unfinished model versions cannot be removed")]
    private partial void LogNotRemoved(Exception error);
}
