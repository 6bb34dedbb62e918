namespace DinOrleans.Datasets.Guesses;

/// <summary>What a column of the events describes.</summary>
internal enum FeatureOwner
{
    /// <summary>Neither the item nor the user, nor a moment in a way that is known.</summary>
    None,

    Item,
    User,
    Context,
}

/// <summary>Finds out if a column of the events describes the item or the user: it does if it always has the same value for the same one.</summary>
internal static class FeatureOwners
{
    private const double Constant = 0.95;

    /// <summary>Numbers such as prices change a little in the course of time.</summary>
    private const double ConstantNumber = 0.8;

    /// <summary>The owner of a column.</summary>
    /// <param name="events">The events.</param>
    /// <param name="column">The column.</param>
    /// <param name="roles">The columns of the item and the user.</param>
    public static FeatureOwner Of(TableStart events, ColumnProfile column, EventRoles roles)
    {
        double? item = Share(events, column, roles.Item);
        double? user = Share(events, column, roles.User);
        bool saysItem = ColumnWords.ItemFeature.Fit(column.Name) > 0;
        bool saysUser = ColumnWords.UserFeature.Fit(column.Name) > 0;
        double enough = column.IsNumeric ? ConstantNumber : Constant;
        bool isItem = item is null ? saysItem : item >= enough;
        bool isUser = user is null ? saysUser : user >= enough;
        return ColumnWords.Context.Fit(column.Name) > 0 ? FeatureOwner.Context
            : isItem && !(isUser && saysUser && !saysItem) ? FeatureOwner.Item
            : isUser ? FeatureOwner.User
            : FeatureOwner.None;
    }

    /// <summary>The share of rows that repeat the value that their item or user had before, or null if none comes twice.</summary>
    private static double? Share(TableStart events, ColumnProfile column, ColumnProfile key)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        int repeats = 0;
        int same = 0;
        foreach (string[] row in events.Rows)
        {
            string value = row[column.Index];
            if (value.Length == 0 || column.Missing.Contains(value) || row[key.Index].Length == 0 || known.TryAdd(row[key.Index], value))
            {
                continue;
            }

            repeats++;
            same += known[row[key.Index]] == value ? 1 : 0;
        }

        return repeats == 0 ? null : (double)same / repeats;
    }
}
