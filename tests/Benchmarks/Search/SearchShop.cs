using System.Globalization;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.ItemDays;
using DinOrleans.Storage.Postgres;
using DinOrleans.Storage.Search;
using DinOrleans.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Benchmarks.Search;

/// <summary>Stores with many users and items. In SQLite they are made once and kept.</summary>
internal static class SearchShop
{
    /// <summary>The feature that items are searched by, and the number of its values.</summary>
    public const string Feature = "brand";
    public const int Values = 20_000;

    private const string Click = "click";
    private const string LoadedMark = "dataset-loaded";
    private const int EventsPerUser = 2;
    private const int RowsAWrite = 1_000;
    private const int WritesAtOnce = 8;
    private const int Days = 60;

    private static FeatureSchema Schema { get; } = new()
    {
        ItemFeatures = [new(FeatureSchema.ItemId, 8), new(Feature, 8)],
        NumericFeatures = [new("price", FeatureSource.Item, Normalisation.LogStandard)],
        Tasks = [new(Click, [Click])],
        Behaviours = new([Click], 50),
    };

    /// <summary>Fills the stores unless an earlier run did.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="connectionString">That of PostgreSQL; null for SQLite.</param>
    /// <param name="rows">The number of users, and of items.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    public static async Task PrepareAsync(string data, string? connectionString, int rows, CancellationToken cancellationToken)
    {
        string mark = Path.Combine(data, LoadedMark);
        if (File.Exists(mark))
        {
            return;
        }

        if (Directory.Exists(data))
        {
            Directory.Delete(data, recursive: true);
        }

        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(Path.Combine(data, "schema.json"), Schema.ToJson(), cancellationToken).ConfigureAwait(false);
        IServiceCollection services = new ServiceCollection().AddLogging();
        ServiceProvider stores = (connectionString is null ? services.AddSqliteStorage(data) : services.AddPostgresStorage(connectionString, data)).BuildServiceProvider();
        await using (stores.ConfigureAwait(false))
        {
            if (connectionString is not null)
            {
                await stores.GetRequiredService<PostgresSchema>().StartingAsync(cancellationToken).ConfigureAwait(false);
            }

            await FillAsync(stores, rows, cancellationToken).ConfigureAwait(false);
        }

        await File.WriteAllTextAsync(mark, "made by the benchmark", cancellationToken).ConfigureAwait(false);
    }

    private static async Task FillAsync(IServiceProvider stores, int rows, CancellationToken cancellationToken)
    {
        IItemStore items = stores.GetRequiredService<IItemStore>();
        foreach (int[] chunk in Enumerable.Range(0, rows).Chunk(RowsAWrite * WritesAtOnce))
        {
            await items.PutAsync(Array.ConvertAll(chunk, MakeItem), cancellationToken).ConfigureAwait(false);
        }

        await stores.GetRequiredService<IItemSearch>().PrepareAsync([Feature], cancellationToken).ConfigureAwait(false);
        IBehaviourLog log = stores.GetRequiredService<IBehaviourLog>();
        var random = new Random(7);
        var writing = new Queue<Task>();
        foreach (int[] chunk in Enumerable.Range(0, rows * EventsPerUser).Chunk(RowsAWrite))
        {
            if (writing.Count == WritesAtOnce)
            {
                await writing.Dequeue().ConfigureAwait(false);
            }

            writing.Enqueue(log.AppendAsync(Array.ConvertAll(chunk, n => Behaviour(n % rows, n, random.Next(rows), random.Next(Days))), cancellationToken));
        }

        await Task.WhenAll(writing).ConfigureAwait(false);
        await stores.GetRequiredService<ItemDayWriter>().WriteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static Item MakeItem(int item) => new(Number("i", item), new Dictionary<string, string>
    {
        [Feature] = Number("b", item * 7919L % Values),
        ["price"] = Number("", 1 + (item % 500)),
    });

    private static BehaviourEvent Behaviour(int user, int number, int item, int day) => new()
    {
        EventId = Number("e", number),
        UserId = Number("u", user),
        ItemId = Number("i", item),
        Type = Click,
        Timestamp = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).AddDays(day),
    };

    private static string Number(string prefix, long number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}");
}
