using System.Globalization;
using System.Text;

namespace DinOrleans.Standalone.Tests.ConsolePages;

/// <summary>Files as people have them: an export of clicks, and of the articles with their names, in quotes where a name has a comma.</summary>
internal static class OwnCsv
{
    /// <summary>A user of the files.</summary>
    public const string User = "nora@example.com";

    private const int Users = 40;
    private const int ClicksPerUser = 14;
    private const int ArticlesPerCategory = 12;

    private static readonly string[] Categories = ["Home, garden & pets", "Bücher", "Shoes", "Toys \"for all\""];

    /// <summary>Writes both files. Each user clicks two categories by turns, so that there is something to learn.</summary>
    public static void Write(string events, string items)
    {
        var random = new Random(7);
        var articles = new StringBuilder("item_id,category,brand\n");
        for (int i = 0; i < Categories.Length * ArticlesPerCategory; i++)
        {
            articles.Append(CultureInfo.InvariantCulture, $"{Sku(i)},\"{Categories[i % Categories.Length].Replace("\"", "\"\"", StringComparison.Ordinal)}\",brand {i % 7}\n");
        }

        var clicks = new StringBuilder("user_id,item_id,timestamp\n");
        DateTimeOffset time = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);
        for (int click = 0; click < Users * ClicksPerUser; click++)
        {
            int user = click % Users;
            int category = (user + (random.Next(5) == 0 ? 1 : 0)) % Categories.Length;
            time += TimeSpan.FromMinutes(random.Next(1, 90));
            clicks.Append(
                CultureInfo.InvariantCulture,
                $"{(user == 0 ? User : $"customer{user}@example.com")},{Sku((random.Next(ArticlesPerCategory) * Categories.Length) + category)},{time:yyyy-MM-ddTHH:mm:ssZ}\n");
        }

        File.WriteAllText(items, articles.ToString());
        File.WriteAllText(events, clicks.ToString());
    }

    private static string Sku(int number) => string.Create(CultureInfo.InvariantCulture, $"SKU-{number:000}");
}
