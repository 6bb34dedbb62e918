using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Storage.Artifacts.Hosting;

/// <summary>
/// Looks at the artifact store at the start. A store that cannot work with these settings ends the start. One that does not answer now does not,
/// because the versions that are on this machine already may serve meanwhile. What an earlier process left unfinished is removed.
/// </summary>
internal sealed partial class ArtifactStart(IArtifactStore store, TimeSpan age, ILogger<ArtifactStart> logger) : IHostedService
{
    /// <summary>The age for a folder that several processes share. A folder that was written to within the last hour may belong to another process.</summary>
    public static readonly TimeSpan SharedAge = TimeSpan.FromHours(1);

    /// <summary>How long the start waits for the store.</summary>
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    /// <exception cref="ArtifactStoreException">The store cannot work with these settings. The message says what to do.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeToAnswer);
        try
        {
            await store.CheckAsync(limit.Token).ConfigureAwait(false);
            int removed = await store.RemoveLeftOversAsync(age, limit.Token).ConfigureAwait(false);
            if (removed > 0)
            {
                LogRemoved(removed);
            }
        }
        catch (ArtifactStoreException e) when (e.MayPass)
        {
            LogUnavailable(e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnavailable($"It did not answer within {TimeToAnswer.TotalSeconds:F0} s.");
        }
        catch (Exception e) when (e is (IOException and not ArtifactStoreException) or UnauthorizedAccessException)
        {
            // The folders only take up space, so the process goes on.
            LogNotRemoved(e);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Versions} unfinished model versions were removed")]
    private partial void LogRemoved(int versions);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folders of unfinished model versions cannot be removed")]
    private partial void LogNotRemoved(Exception error);

    [LoggerMessage(EventId = 426, Level = LogLevel.Warning, Message = "The artifact store does not answer at the start, and the process goes on with the versions that it has: {Reason}")]
    private partial void LogUnavailable(string reason);
}
