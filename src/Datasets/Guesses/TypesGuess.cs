using System.Globalization;
using DinOrleans.Datasets.Import.Plans;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets.Guesses;

/// <summary>Guesses which event types there are and which one is predicted.</summary>
/// <param name="Positive">The types that are predicted and form the history.</param>
/// <param name="Other">The other types.</param>
/// <param name="Low">The type of a low rating. Null without ratings.</param>
/// <param name="PositiveRating">The lowest rating of a positive.</param>
/// <param name="Finding">A sentence about the guess.</param>
internal sealed record TypesGuess(IReadOnlyList<string> Positive, IReadOnlyList<string> Other, string? Low, double PositiveRating, string Finding)
{
    private const int MostTypes = 1000;

    /// <summary>The share of the highest rating from which on a rating is a like: 4 of 5 stars.</summary>
    private const double LikedShare = 0.8;

    private static readonly double[] Scales = [1, 5, 10, 100];

    private static readonly (string Type, string[] Words)[] Implied =
    [
        ("purchase", ["purchas", "order", "transaction", "invoice", "bestell", "sale", "kauf", "retail", "buy"]),
        ("click", ["click"]),
        ("view", ["view", "visit"]),
        ("listen", ["listen", "play", "scrobble", "lastfm", "userid-timestamp"]),
        ("review", ["review", "rating"]),
    ];

    /// <summary>Makes a guess.</summary>
    /// <param name="events">The events.</param>
    /// <param name="roles">The columns.</param>
    /// <param name="stated">What a person said.</param>
    /// <param name="cancellationToken">Ends the guess.</param>
    /// <exception cref="DatasetException">The column of types has too many values.</exception>
    public static TypesGuess Of(TableStart events, EventRoles roles, PlanChanges stated, CancellationToken cancellationToken)
    {
        if (roles.Type is { } type)
        {
            return OfColumn(type.Name, Count(events, type, stated, cancellationToken));
        }

        if (roles.Rating is { } rating)
        {
            return OfRating(rating, roles.HasLabels, stated);
        }

        string name = string.Concat(events.Name.ToLowerInvariant(), " ", string.Join(' ', events.Columns.Select(c => c.Name.ToLowerInvariant())));
        string implied = Implied.FirstOrDefault(i => i.Words.Any(w => name.Contains(w, StringComparison.Ordinal))).Type ?? "interaction";
        return new([implied], [], null, 0, $"Event types: no column has them, so each row is a {implied}, which is predicted (--positive NAME, --type-column, --rating-column).");
    }

    /// <summary>Puts the guess into a plan.</summary>
    public ImportPlan Apply(ImportPlan plan) => plan with
    {
        PositiveTypes = Positive,
        OtherTypes = Other,
        LowType = Low ?? plan.LowType,
        PositiveRating = Low is null ? plan.PositiveRating : PositiveRating,
    };

    private static TypesGuess OfColumn(string column, List<KeyValuePair<string, long>> counts)
    {
        string positive = (counts.FirstOrDefault(c => c.Key != FeatureSchema.Impression).Key ?? counts[0].Key)!;
        string[] other = [.. counts.Select(c => c.Key).Where(t => t != positive)];
        string all = string.Join(", ", counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key} ({c.Value:N0})")));
        string rest = other.Length == 0 ? "" : $" {string.Join(", ", other)} {(other.Length == 1 ? "is" : "are")} kept, but neither predicted nor part of the history.";
        return new([positive], other, null, 0, $"Event types: column {column}, with {all}. The most frequent one, {positive}, forms the history and is predicted.{rest} (--type-column, --positive, --other)");
    }

    private static TypesGuess OfRating(ColumnProfile rating, bool isLabel, PlanChanges stated)
    {
        if (isLabel)
        {
            string name = PlanColumns.FeatureName(rating.Name) is "label" or "target" ? "click" : PlanColumns.FeatureName(rating.Name);
            return new([name], [], "no_" + name, 1, $"Event types: a row with 1 is a {name}, which is predicted, and one with 0 is a no_{name}.");
        }

        double highest = rating.Numbers.DefaultIfEmpty(1).Max();
        double scale = Scales.Where(s => highest <= s).DefaultIfEmpty(highest).First();
        double liked = stated.PositiveRating ?? scale * LikedShare;
        return new(["like"], [], "low_rating", liked, string.Create(
            CultureInfo.InvariantCulture, $"Event types: a rating of at least {liked} is a like, which forms the history and is predicted. A lower one is a low_rating (--positive-rating)."));
    }

    /// <summary>The types of the whole file, the most frequent one first, because a rare type may not be in the first rows.</summary>
    private static List<KeyValuePair<string, long>> Count(TableStart events, ColumnProfile type, PlanChanges stated, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        using DataTable table = DataTable.Open(events.File.Path, PlanFormat.Of(events.File, new() { Missing = stated.Source.Missing }));
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = table[type.Index];
            if (name.Length > 0)
            {
                counts[name] = counts.GetValueOrDefault(name) + 1;
            }

            if (counts.Count > MostTypes)
            {
                throw table.Error(type.Index, $"has more than {MostTypes} values, which cannot be event types; name another column with --type-column");
            }
        }

        return [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)];
    }
}
