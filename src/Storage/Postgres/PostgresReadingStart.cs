namespace DinOrleans.Storage.Postgres;

/// <summary>Opens the database of a cluster in a process that only reads it, and requires tables that this program knows.</summary>
internal sealed class PostgresReadingStart(PostgresDatabase database) : StoreStart
{
    /// <inheritdoc cref="PostgresMigration.RequireCurrentAsync"/>
    public override async Task StartingAsync(CancellationToken cancellationToken)
    {
        await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await PostgresMigration.RequireCurrentAsync(database.Source, PostgresSchema.Part, PostgresSchema.Steps.Length, cancellationToken).ConfigureAwait(false);
    }
}
