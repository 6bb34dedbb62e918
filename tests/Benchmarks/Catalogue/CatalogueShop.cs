using System.Globalization;
using DinOrleans.Benchmarks.Shop;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Sqlite;
using DinOrleans.TestShop;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Benchmarks.Catalogue;

/// <summary>A data folder with a catalogue of any size and two versions that know every item of it. It is made once and kept.</summary>
/// <param name="Data">The data folder.</param>
/// <param name="Artifact">The folder of the first version.</param>
/// <param name="Next">The folder of the second version.</param>
internal sealed record CatalogueShop(string Data, string Artifact, string Next)
{
    public const int Users = 2_000;

    private const int Behaviours = 50;
    private const int Categories = 1_000;
    private const int Brands = 20_000;
    private const int ItemsAWrite = 20_000;
    private const string Click = "click";

    /// <summary>64 numbers per item: three categorical features and a price.</summary>
    private static FeatureSchema Schema { get; } = new()
    {
        ItemFeatures = [new(FeatureSchema.ItemId, 32), new("category", 16), new("brand", 15)],
        NumericFeatures = [new("price", FeatureSource.Item, Normalisation.LogStandard)],
        Tasks = [new(Click, [Click])],
        Behaviours = new([Click], Behaviours),
    };

    /// <summary>The shop that an earlier run made, or a new one.</summary>
    /// <param name="folder">The folder of the shop.</param>
    /// <param name="items">The number of items.</param>
    /// <param name="numbers">How the numbers of the versions' tables are stored.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    public static async Task<CatalogueShop> PrepareAsync(string folder, int items, TableNumbers numbers, CancellationToken cancellationToken)
    {
        string data = Path.Combine(folder, "data");
        if (!File.Exists(Path.Combine(data, "dataset-loaded")))
        {
            Delete(data);
            await FillAsync(data, items, cancellationToken).ConfigureAwait(false);
        }

        // The versions are written by the program of today.
        string versions = Path.Combine(folder, "versions");
        Delete(versions);
        return new(data, WriteVersion(versions, items, numbers, seed: 1), WriteVersion(versions, items, numbers, seed: 2));
    }

    /// <summary>Forgets what a server has published in the data folder, so that the next one begins with the first version.</summary>
    public void ForgetVersions()
    {
        Delete(Path.Combine(Data, "versions"));
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(Data, SqliteOptions.FileName)};Pooling=False");
        connection.Open();
        using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            """
            DELETE FROM model_versions; DELETE FROM experiments; DELETE FROM rankings;
            UPDATE model_activation SET active = NULL, target = NULL, target_since = NULL, retiring = NULL, previous = NULL;
            """;
        command.ExecuteNonQuery();
    }

    private static async Task FillAsync(string data, int items, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(data);
        await File.WriteAllTextAsync(Path.Combine(data, "schema.json"), Schema.ToJson(), cancellationToken).ConfigureAwait(false);
        ServiceProvider services = new ServiceCollection().AddLogging().AddSqliteStorage(data).BuildServiceProvider();
        await using (services.ConfigureAwait(false))
        {
            IItemStore catalogue = services.GetRequiredService<IItemStore>();
            foreach (int[] chunk in Enumerable.Range(0, items).Chunk(ItemsAWrite))
            {
                await catalogue.PutAsync(Array.ConvertAll(chunk, MakeItem), cancellationToken).ConfigureAwait(false);
            }

            IBehaviourLog log = services.GetRequiredService<IBehaviourLog>();
            var random = new Random(7);
            for (int user = 0; user < Users; user++)
            {
                await log.AppendAsync([.. Enumerable.Range(0, Behaviours).Select(n => Behaviour(user, n, random.Next(items)))], cancellationToken).ConfigureAwait(false);
            }
        }

        await File.WriteAllTextAsync(Path.Combine(data, "dataset-loaded"), "made by the benchmark", cancellationToken).ConfigureAwait(false);
    }

    private static Item MakeItem(int item) => new(ItemId(item), new Dictionary<string, string>
    {
        ["category"] = Number("c", item % Categories),
        ["brand"] = Number("b", item * 7919L % Brands),
        ["price"] = Number("", 1 + (item % 500)),
    });

    private static BehaviourEvent Behaviour(int user, int n, int item) => new()
    {
        EventId = Number("e", n),
        UserId = Number("u", user),
        ItemId = ItemId(item),
        Type = Click,
        Timestamp = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(n),
    };

    private static string WriteVersion(string folder, int items, TableNumbers numbers, int seed)
    {
        Directory.CreateDirectory(folder);
        var values = new Dictionary<string, string[]>
        {
            ["item.item_id"] = [.. Enumerable.Range(0, items).Select(ItemId)],
            ["item.category"] = [.. Enumerable.Range(0, Categories).Select(n => Number("c", n))],
            ["item.brand"] = [.. Enumerable.Range(0, Brands).Select(n => Number("b", n))],
        };
        return UntrainedArtifact.Write(folder, Schema, values, optionsJson: BenchmarkShop.ModelOptions, seed: seed, numbers: numbers);
    }

    private static string ItemId(int item) => Number("i", item);

    private static string Number(string prefix, long number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}");

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
