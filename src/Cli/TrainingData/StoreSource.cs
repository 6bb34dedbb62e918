using DinOrleans.Cli.Running;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;
using DinOrleans.Storage;
using DinOrleans.Storage.Postgres;
using DinOrleans.Storage.Sqlite;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Cli.TrainingData;

/// <summary>What a server's stores hold, to learn from as its training service does. A server may use them meanwhile.</summary>
/// <param name="store">A data folder, or the Npgsql connection string of a cluster's database.</param>
/// <param name="schema">The shop's schema.</param>
/// <param name="maxAge">Events and rankings that are older than this are left out. Null for none.</param>
/// <param name="maxEvents">The number of events and impressions that are read at most: the latest ones, to the minute.</param>
internal sealed class StoreSource(string store, FeatureSchema schema, TimeSpan? maxAge, long maxEvents) : ITrainingSource
{
    public FeatureSchema Schema => schema;

    public bool Grows => true;

    public async Task<TrainingLog> LoadAsync(SampleOptions samples, CancellationToken cancellationToken)
    {
        ServiceProvider services = Services();
        await using (services.ConfigureAwait(false))
        {
            await OpenAsync(services, cancellationToken).ConfigureAwait(false);
            DateTimeOffset? from = maxAge is { } age ? TimeProvider.System.GetUtcNow() - age : null;
            var window = new LogWindow(samples.AttributionWindow, from);
            from = await services.GetRequiredService<LogSize>().StartAsync(schema, window, maxEvents, cancellationToken).ConfigureAwait(false);
            TrainingLog log = await services.GetRequiredService<TrainingLogReader>().ReadAsync(schema, window with { From = from }, cancellationToken).ConfigureAwait(false);
            foreach (UnreadableNumbers unreadable in log.Unreadable)
            {
                await Console.Error.WriteLineAsync($"warning: {unreadable}").ConfigureAwait(false);
            }

            return log;
        }
    }

    private ServiceProvider Services()
    {
        IServiceCollection services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(new ErrorOutputLog()))
            .AddSingleton<LogSize>()
            .AddSingleton<TrainingLogReader>();
        return (Directory.Exists(store) ? services.AddSqliteReading(store) : services.AddPostgresReading(store)).BuildServiceProvider();
    }

    private static async Task OpenAsync(ServiceProvider services, CancellationToken cancellationToken)
    {
        try
        {
            await services.GetRequiredService<StoreStart>().StartingAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException e)
        {
            // A connection string may hold a password, so that neither it nor the reason is repeated.
            throw new InvalidContentException(
                "--store must be a server's data folder, or a PostgreSQL connection string with a host, such as \"Host=db;Username=dinorleans;Database=dinorleans\"; it is neither.", e);
        }
    }
}
