using DinOrleans.Cli.Stores;
using DinOrleans.Model.Validation;
using DinOrleans.Storage.Erasures;
using DinOrleans.Storage.Folders;
using DinOrleans.Storage.Postgres;
using DinOrleans.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Cli.Erasures;

/// <summary>The tombstones of a data folder, or of a PostgreSQL database.</summary>
internal static class ErasedStore
{
    /// <summary>The silence after which a silo that is listed as active is taken for dead.</summary>
    private static readonly TimeSpan Gone = TimeSpan.FromMinutes(2);

    /// <summary>Reads every tombstone. A server may run meanwhile.</summary>
    /// <param name="store">A data folder, or an Npgsql connection string.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static async Task<IReadOnlyList<Erasure>> ReadAsync(string store, CancellationToken cancellationToken)
    {
        if (Directory.Exists(store))
        {
            return new SqliteFile(Path.Combine(store, SqliteOptions.FileName)).Tombstones();
        }

        ServiceProvider services = await OpenedStores.OpenAsync(store, _ => { }, cancellationToken).ConfigureAwait(false);
        await using (services.ConfigureAwait(false))
        {
            return await services.GetRequiredService<IErasureStore>().ReadAllAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Applies erasures to stores that no server uses.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    /// <returns>The number of users who had to be erased.</returns>
    public static async Task<int> ApplyAsync(string store, IReadOnlyList<Erasure> erasures, CancellationToken cancellationToken)
    {
        if (Directory.Exists(store))
        {
            // The lock makes a file in the folder, so the folder must be a server's.
            var file = new SqliteFile(Path.Combine(store, SqliteOptions.FileName));
            file.Schema();
            using FolderLock held = FolderLock.Take(store);
            return file.Apply(erasures);
        }

        ServiceProvider services = await OpenedStores.OpenAsync(store, _ => { }, cancellationToken).ConfigureAwait(false);
        await using (services.ConfigureAwait(false))
        {
            PostgresState state = await PostgresInspection.ReadAsync(store, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            if (state.Silos?.FirstOrDefault(s => s.IsActive && s.Silence < Gone) is { } silo)
            {
                throw new InvalidContentException($"Silo {silo.Address} uses the database, and may keep erased users in memory: stop all silos first.");
            }

            return await services.GetRequiredService<IErasureStore>().ApplyAsync(erasures, cancellationToken).ConfigureAwait(false);
        }
    }
}
