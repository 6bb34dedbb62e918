namespace DinOrleans.Storage.Sqlite;

/// <summary>Opens the embedded database before anything else of the process starts, so that a file that cannot be used ends the start.</summary>
public sealed class SqliteStart(SqliteDatabase database) : StoreStart
{
    /// <inheritdoc cref="SqliteDatabase.Prepare"/>
    public override Task StartingAsync(CancellationToken cancellationToken)
    {
        database.Prepare();
        return Task.CompletedTask;
    }
}
