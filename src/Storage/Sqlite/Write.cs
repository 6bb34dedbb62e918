namespace DinOrleans.Storage.Sqlite;

/// <summary>A write that waits for its transaction.</summary>
internal abstract class Write
{
    /// <summary>The span that waits for the transaction.</summary>
    public WaitingCaller Caller { get; } = WaitingCaller.Of(StorageActivities.Source);

    /// <summary>The bytes of memory that the write keeps while it waits.</summary>
    public abstract long Bytes { get; }

    /// <summary>Runs the write inside its savepoint or transaction. A write whose transaction was undone is run again.</summary>
    /// <returns>False where its changes must be undone.</returns>
    public abstract bool TryRun(WriteSession session);

    /// <summary>Answers the caller: the transaction is on disk.</summary>
    public abstract void Complete();

    /// <summary>Answers the caller: the transaction did not happen.</summary>
    public abstract void Fail(Exception error);
}

/// <inheritdoc/>
internal sealed class Write<T>(Func<WriteSession, T> run, long bytes, Func<Exception, Exception> told, CancellationToken cancellationToken) : Write
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private Exception? _error;

    public override long Bytes => bytes;

    public Task<T> Task => _completion.Task;

    public override bool TryRun(WriteSession session)
    {
        _error = null;
        if (cancellationToken.IsCancellationRequested)
        {
            // Nothing was changed, so nothing must be undone.
            _error = new OperationCanceledException(cancellationToken);
            return true;
        }

        try
        {
            _result = run(session);
            return true;
        }
        catch (Exception e) when (e is not Microsoft.Data.Sqlite.SqliteException || SqliteFault.IsOfStatement(e))
        {
            // The fault is this write's alone. A fault of the database ends the whole transaction.
            _error = e is Microsoft.Data.Sqlite.SqliteException ? told(e) : e;
            session.Forget();
            return false;
        }
    }

    public override void Complete()
    {
        if (_error is null)
        {
            _completion.TrySetResult(_result);
        }
        else
        {
            _completion.TrySetException(_error);
        }
    }

    public override void Fail(Exception error) => _completion.TrySetException(_error ?? error);
}
