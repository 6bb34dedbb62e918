using DinOrleans.Cli.Stores;
using DinOrleans.Model.Schema;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;
using Microsoft.Extensions.DependencyInjection;

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
        ServiceProvider services = await OpenedStores.OpenAsync(
            store, add => add.AddSingleton<LogSize>().AddSingleton<TrainingLogReader>(), cancellationToken).ConfigureAwait(false);
        await using (services.ConfigureAwait(false))
        {
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
}
