using DinOrleans.Contracts.Users;
using DinOrleans.Storage;
using DinOrleans.Storage.Impressions;
using DinOrleans.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Benchmarks.Loop;

/// <summary>The rankings of a bad arm, as the ranking log has them.</summary>
/// <param name="Before">The number of rankings up to the breach.</param>
/// <param name="After">The number of rankings after the breach.</param>
/// <param name="Last">The time of the last ranking; the earliest time there is without any.</param>
internal sealed record BadRankings(long Before, long After, DateTimeOffset Last)
{
    /// <summary>Reads the log of a server that has ended.</summary>
    /// <param name="data">The server's data folder.</param>
    /// <param name="arm">The name of the bad arm.</param>
    /// <param name="rounds">The experiments.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The rankings of each experiment by its name.</returns>
    public static async Task<IReadOnlyDictionary<string, BadRankings>> ReadAsync(
        string data, string arm, IEnumerable<BreachRound> rounds, CancellationToken cancellationToken)
    {
        ServiceProvider services = new ServiceCollection().AddLogging().AddSqliteReading(data).BuildServiceProvider();
        await using (services.ConfigureAwait(false))
        {
            await services.GetRequiredService<StoreStart>().StartingAsync(cancellationToken).ConfigureAwait(false);
            Dictionary<string, DateTimeOffset> breaches = rounds.ToDictionary(r => r.Experiment, r => r.BreachedAt);
            Dictionary<string, BadRankings> found = breaches.Keys.ToDictionary(e => e, _ => new BadRankings(0, 0, DateTimeOffset.MinValue));
            await foreach (LoggedRanking ranking in services.GetRequiredService<IImpressionLog>().ReadAllAsync(DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false))
            {
                if (ranking.Arm == arm && ranking.Experiment is { } experiment && found.TryGetValue(experiment, out BadRankings? so))
                {
                    bool isAfter = ranking.Timestamp > breaches[experiment];
                    found[experiment] = new(so.Before + (isAfter ? 0 : 1), so.After + (isAfter ? 1 : 0), ranking.Timestamp > so.Last ? ranking.Timestamp : so.Last);
                }
            }

            return found;
        }
    }
}
