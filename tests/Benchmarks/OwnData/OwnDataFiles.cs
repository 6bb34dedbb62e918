using System.Globalization;

namespace DinOrleans.Benchmarks.OwnData;

/// <summary>Files as people have them: an export of clicks, and one of the articles. Each user has a taste for two categories, so that there is something to learn.</summary>
/// <param name="folder">The folder of the files.</param>
internal sealed class OwnDataFiles(string folder)
{
    /// <summary>The clicks of each user.</summary>
    public const int ClicksPerUser = 20;

    /// <summary>The number of articles, i0 and on.</summary>
    public const int Articles = 2_000;

    private const int Categories = 20;
    private const double InTaste = 0.8;
    private const int Seed = 7;

    private static readonly DateTime FirstClick = new(2025, 1, 13, 9, 0, 0, DateTimeKind.Utc);

    public string Clicks { get; } = Path.Combine(folder, "my-events.csv");

    public string Items { get; } = Path.Combine(folder, "my-items.csv");

    /// <summary>Writes both files.</summary>
    /// <param name="clicks">The number of clicks: users u0 and on make <see cref="ClicksPerUser"/> each.</param>
    public void Write(int clicks)
    {
        Directory.CreateDirectory(folder);
        using (StreamWriter items = File.CreateText(Items))
        {
            items.WriteLine("item_id,category,brand,price");
            for (int i = 0; i < Articles; i++)
            {
                items.WriteLine(string.Create(CultureInfo.InvariantCulture, $"i{i},category {i % Categories},brand {i % 37},{5 + (i % 90)}.99"));
            }
        }

        var random = new Random(Seed);
        int users = Math.Max(1, clicks / ClicksPerUser);
        using StreamWriter events = File.CreateText(Clicks);
        events.WriteLine("user_id,item_id,timestamp");
        for (int click = 0; click < clicks; click++)
        {
            int user = click % users;
            int category = random.NextDouble() < InTaste ? ((user * 3) + (random.Next(2) * 7)) % Categories : random.Next(Categories);

            // The product of two makes a few articles of each category popular.
            int rank = (int)(random.NextDouble() * random.NextDouble() * (Articles / Categories));
            DateTime time = FirstClick.AddMinutes(4.0 * click);
            events.WriteLine(string.Create(CultureInfo.InvariantCulture, $"u{user},i{(rank * Categories) + category},{time:yyyy-MM-ddTHH:mm:ssZ}"));
        }
    }
}
