using System.Globalization;

namespace DinOrleans.Standalone.Tests.Docs.Attention;

/// <summary>The heat map: a row per candidate, a column per behaviour.</summary>
internal static class AttentionMap
{
    private const int Behaviours = 30;
    private const int Cell = 20;
    private const int Left = 300;
    private const int Top = 130;

    /// <summary>Chooses candidates of three kinds: alike to what the user clicked most, of the same category from another shop, and of categories never clicked.</summary>
    public static IReadOnlyList<ShopItem> Choose(IReadOnlyCollection<ShopItem> items, IReadOnlyList<ShopItem> history)
    {
        ShopItem[] latest = [.. history.TakeLast(Behaviours)];
        HashSet<string> clicked = [.. history.Select(h => h.Id)];
        ShopItem[] favourites = [.. latest.GroupBy(h => (h.Category, h.Shop)).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(3).Select(g => g.First())];
        ShopItem[] fresh = [.. items.Where(i => !clicked.Contains(i.Id)).OrderBy(i => i.Id, StringComparer.Ordinal)];
        return
        [
            .. favourites.SelectMany(f => fresh.Where(f.IsAlike).Take(1)),
            .. favourites.SelectMany(f => fresh.Where(i => i.Category == f.Category && !history.Any(h => h.IsAlike(i))).Take(1)),
            .. fresh.Where(i => history.All(h => h.Category != i.Category)).DistinctBy(i => i.Category).Take(2),
        ];
    }

    public static string Draw(string user, IReadOnlyList<AttentiveCandidate> candidates)
    {
        Weighed[][] rows = [.. candidates.Select(c => c.Attention.TakeLast(Behaviours).ToArray())];
        double most = rows.Max(r => r.Max(w => w.Weight));
        int height = Top + (rows.Length * Cell) + 50;
        var picture = new SvgPicture($"The attention of {rows.Length} candidates to the latest {Behaviours} behaviours of {user}", Left + (Behaviours * Cell) + 80, height);
        foreach ((int j, Weighed behaviour) in rows[0].Index())
        {
            picture.Text(Left + (j * Cell) + 14, Top - 8, $"{behaviour.Item.Category} {behaviour.Item.Shop}", size: 10, turn: -60);
        }

        picture.Text(8, Top - 24, $"{user}: latest clicks, oldest first →");
        picture.Text(8, Top - 8, "candidates ↓", size: 11);
        foreach ((int i, Weighed[] row) in rows.Index())
        {
            ShopItem candidate = candidates[i].Item;
            double y = Top + (i * Cell);
            picture.Text(Left - 8, y + 14, string.Create(CultureInfo.InvariantCulture, $"{candidate.Id}: {candidate.Category} {candidate.Shop}, score {candidates[i].Score:0.00}"), "end");
            foreach ((int j, Weighed weighed) in row.Index())
            {
                picture.Cell(Left + (j * Cell), y, Cell - 1, Cell - 1, weighed.Weight / most, string.Create(CultureInfo.InvariantCulture, $"{weighed.Item.Id}: {weighed.Weight:0.000}"));
            }

            foreach ((int j, _) in row.Index().Where(w => w.Item.Item.IsAlike(candidate)))
            {
                picture.Frame(Left + (j * Cell), y, Cell - 1, Cell - 1, "#b45309");
            }
        }

        picture.Text(Left, height - 22, string.Create(CultureInfo.InvariantCulture, $"darkest: a weight of {most:0.00}; if all behaviours were alike: {1.0 / candidates[0].Attention.Count:0.00}"), size: 11);
        picture.Text(Left, height - 6, "framed: the candidate's category and shop", size: 11);
        return picture.ToString();
    }
}
