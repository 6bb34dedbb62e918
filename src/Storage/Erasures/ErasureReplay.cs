using DinOrleans.Contracts;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Storage.Erasures;

/// <summary>
/// Applies, at the start, the erasures of the journal that the database lacks, because an older one was put back, or because the process ended between
/// the two writes of an erasure.
/// </summary>
internal sealed partial class ErasureReplay(ErasureJournal journal, IErasureStore store, ILogger<ErasureReplay> logger) : StoreStart
{
    private readonly ILogger _logger = logger;

    /// <inheritdoc/>
    /// <exception cref="IOException">The journal or the database cannot be used.</exception>
    /// <exception cref="InvalidDataException">The journal is damaged.</exception>
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        journal.Open();
        try
        {
            int erased = await store.ApplyAsync(journal.Read(), cancellationToken).ConfigureAwait(false);
            if (erased > 0)
            {
                LogApplied(erased);
            }
        }
        catch (StoreUnavailableException e)
        {
            throw new IOException($"The erasures of {journal.Folder} cannot be applied: {e.Message}", e);
        }
    }

    [LoggerMessage(EventId = 411, Level = LogLevel.Warning, Message = "{Erased} erased users were in the database, which is older than the erasure journal. They were erased again")]
    private partial void LogApplied(int erased);
}
