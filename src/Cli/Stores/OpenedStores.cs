using DinOrleans.Cli.Running;
using DinOrleans.Model.Validation;
using DinOrleans.Storage;
using DinOrleans.Storage.Postgres;
using DinOrleans.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Cli.Stores;

/// <summary>Opens the stores of a server, which may use them meanwhile, to read them.</summary>
internal static class OpenedStores
{
    /// <summary>Opens the stores that an option names.</summary>
    /// <param name="store">A data folder, or the Npgsql connection string of a cluster's database.</param>
    /// <param name="add">Adds what uses the stores.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidContentException">The option is neither of the two.</exception>
    /// <exception cref="InvalidDataException">The stores are damaged, or of another version of the program.</exception>
    /// <exception cref="IOException">The stores cannot be read.</exception>
    public static async Task<ServiceProvider> OpenAsync(string store, Action<IServiceCollection> add, CancellationToken cancellationToken)
    {
        IServiceCollection services = new ServiceCollection().AddLogging(logging => logging.AddProvider(new ErrorOutputLog()));
        add(Directory.Exists(store) ? services.AddSqliteReading(store) : services.AddPostgresReading(store));
        ServiceProvider opened = services.BuildServiceProvider();
        try
        {
            await opened.GetRequiredService<StoreStart>().StartingAsync(cancellationToken).ConfigureAwait(false);
            return opened;
        }
        catch (ArgumentException e)
        {
            // A connection string may hold a password, so that neither it nor the reason is repeated.
            await opened.DisposeAsync().ConfigureAwait(false);
            throw new InvalidContentException(
                "--store must be a server's data folder, or a PostgreSQL connection string with a host, such as \"Host=db;Username=dinorleans;Database=dinorleans\"; it is neither.", e);
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
