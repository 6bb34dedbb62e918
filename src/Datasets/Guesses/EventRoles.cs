using System.Globalization;
using DinOrleans.Datasets.Import.Plans;

namespace DinOrleans.Datasets.Guesses;

/// <summary>Finds the columns of an events file that every event needs: the user, the item, the time, and what says which events are positive.</summary>
internal sealed class EventRoles
{
    private const int MostTypes = 50;
    private const double MostStars = 5;

    /// <summary>The share of rows in which an id must be there.</summary>
    private const double PresentShare = 0.5;

    private readonly TableStart _events;
    private readonly PlanChanges _stated;
    private readonly ICollection<string> _findings;
    private readonly HashSet<ColumnProfile> _taken = [];

    /// <param name="events">The events.</param>
    /// <param name="stated">What a person said.</param>
    /// <param name="findings">Takes a sentence per column.</param>
    /// <exception cref="DatasetException">A column cannot be found. The message says which, and how to name it.</exception>
    public EventRoles(TableStart events, PlanChanges stated, ICollection<string> findings)
    {
        _events = events;
        _stated = stated;
        _findings = findings;
        Time = FindTime();
        EventId = Claim(Stated(stated.EventIdColumn) ?? Free.FirstOrDefault(c => ColumnWords.EventId.Fit(c.Name) > 0 && c.Distinct.Count == c.Rows));
        Ranking = Claim(Stated(stated.RankingColumn));
        Type = FindType();
        Rating = Type is null ? FindRating() : Claim(Stated(stated.RatingColumn));
        (User, Item) = FindIds();
        Tell();
    }

    public ColumnProfile User { get; }

    public ColumnProfile Item { get; }

    public ColumnProfile Time { get; }

    /// <summary>The format of the times.</summary>
    public string TimeFormat { get; private set; } = "";

    public ColumnProfile? Type { get; }

    public ColumnProfile? Rating { get; }

    public ColumnProfile? EventId { get; }

    public ColumnProfile? Ranking { get; }

    /// <summary>The columns that have no such role.</summary>
    public IEnumerable<ColumnProfile> Free => _events.Columns.Where(c => !_taken.Contains(c));

    /// <summary>True if the ratings are 0 and 1.</summary>
    public bool HasLabels => Rating is not null && IsLabel(Rating);

    private string Names => string.Join(", ", _events.Columns.Select(c => c.Name));

    private static bool IsLabel(ColumnProfile column) => column.IsNumeric && column.Numbers.All(n => n is 0 or 1);

    /// <summary>True if the columns have names that mean something.</summary>
    private bool HasNames => _events.File.Columns is null || _stated.Columns is not null;

    private ColumnProfile? Stated(string? name) => name is null ? null : _events.Column(name);

    private ColumnProfile? Claim(ColumnProfile? column)
    {
        if (column is not null)
        {
            _taken.Add(column);
        }

        return column;
    }

    private ColumnProfile FindTime()
    {
        ColumnProfile column = (_stated.TimestampColumn is { } name ? _events.Column(name) : null)
            ?? Free.Where(c => c.Time is not null).OrderByDescending(c => ColumnWords.Time.Fit(c.Name)).ThenByDescending(c => c.Distinct.Count).FirstOrDefault()
            ?? throw new DatasetException(
                $"{_events.Name}: no column looks like a time from 1995 to now; its columns are {Names}. Name the column with --timestamp-column and its format with --timestamp-format");
        TimeGuess? guess = column.Time;
        TimeFormat = _stated.TimestampFormat ?? guess?.Format ?? throw new DatasetException(
            $"{_events.Name}: the times of the column {column.Name}, such as {column.Examples}, are in no format that is known, or not from 1995 to now; say with --timestamp-format what they are, "
            + "such as \"dd.MM.yyyy HH:mm\"");
        if (_stated.TimestampFormat is null && guess?.Other is { } other)
        {
            throw new DatasetException(
                $"{_events.Name}: the times of the column {column.Name}, such as {column.Examples}, can be read as \"{guess.Format}\" and as \"{other}\"; say with --timestamp-format which it is");
        }

        string zone = guess is { IsLocal: true } && _stated.Source.TimeZone is null ? " They do not say their time zone and are taken as UTC (--time-zone Europe/Berlin)." : "";
        string window = guess is null ? "" : $", in the first rows from {Rfc3339.Format(guess.From)} to {Rfc3339.Format(guess.To)}";
        _findings.Add($"Time: column {column.Name}, whose values have the format {TimeFormat}{window} (--timestamp-column, --timestamp-format).{zone}");
        _taken.Add(column);
        return column;
    }

    private ColumnProfile? FindType() => Claim(Stated(_stated.TypeColumn)
        ?? Free.Where(c => ColumnWords.Type.Fit(c.Name) > 0 && c.Distinct.Count is > 0 and <= MostTypes && c.Present.Count == c.Rows).MaxBy(c => ColumnWords.Type.Fit(c.Name)));

    /// <summary>A column of stars or labels by its name. Without names, it is one of stars if it can be nothing else.</summary>
    private ColumnProfile? FindRating() => Claim(Stated(_stated.RatingColumn)
        ?? Free.Where(c => c.IsNumeric && (ColumnWords.Rating.Fit(c.Name) > 0 || (ColumnWords.Label.Fit(c.Name) > 0 && IsLabel(c))))
            .MaxBy(c => ColumnWords.Rating.Fit(c.Name) + ColumnWords.Label.Fit(c.Name))
        ?? (HasNames ? null : Free.Skip(2).FirstOrDefault(IsStars)));

    private static bool IsStars(ColumnProfile column) =>
        column.IsNumeric && column.Numbers.All(n => n is >= 0.5 and <= MostStars && double.IsInteger(n * 2)) && column.Present.Count == column.Rows;

    private (ColumnProfile User, ColumnProfile Item) FindIds()
    {
        ColumnProfile? user = Claim(Stated(_stated.UserColumn) ?? Named(ColumnWords.User));
        ColumnProfile? item = Claim(Stated(_stated.ItemColumn) ?? Named(ColumnWords.Item));
        ColumnProfile[] left = [.. Free.Where(IsId)];
        int needed = (user is null ? 1 : 0) + (item is null ? 1 : 0);
        if (left.Length < needed || (HasNames && needed > 0 && left.Length > needed))
        {
            string what = user is null ? item is null ? "a user and which like an item" : "a user" : "an item";
            throw new DatasetException(
                $"{_events.Name}: it is not clear which column looks like {what}; its columns are {Names}. Name {(needed == 2 ? "them" : "it")} with "
                + $"{(user is null ? "--user-column" : "")}{(needed == 2 ? " and " : "")}{(item is null ? "--item-column" : "")}");
        }

        var rest = new Queue<ColumnProfile>(left);
        user ??= rest.Dequeue();
        item ??= rest.Dequeue();
        _taken.Add(user);
        _taken.Add(item);
        return (user, item);
    }

    private ColumnProfile? Named(ColumnWords words) => Free.Where(c => words.Fit(c.Name) > 0 && IsId(c)).MaxBy(c => words.Fit(c.Name));

    private static bool IsId(ColumnProfile column) =>
        column.Present.Count >= column.Rows * PresentShare && column.LongestValue is > 0 and <= 200 && (!column.IsNumeric || column.Numbers.All(double.IsInteger));

    private void Tell()
    {
        _findings.Add($"User: column {User.Name}, {Why(User, ColumnWords.User)} such as {User.Examples} (--user-column).");
        _findings.Add($"Item: column {Item.Name}, {Why(Item, ColumnWords.Item)} such as {Item.Examples} (--item-column).");
        if (Rating is { } rating)
        {
            string range = string.Create(CultureInfo.InvariantCulture, $"from {rating.Numbers.DefaultIfEmpty().Min()} to {rating.Numbers.DefaultIfEmpty().Max()}");
            _findings.Add($"{(HasLabels ? "Label" : "Rating")}: column {rating.Name}, whose values go {range} (--rating-column, --positive-rating).");
        }
    }

    private string Why(ColumnProfile column, ColumnWords words) =>
        HasNames && words.Fit(column.Name) > 0 ? "by its name, with values" : "because of its place, with values";
}
