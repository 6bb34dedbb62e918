using DinOrleans.Datasets.Import.Plans;

namespace DinOrleans.Datasets.Guesses;

/// <summary>Guesses which columns are features, of what, and of which kind.</summary>
internal sealed class FeaturesGuess
{
    private readonly Dictionary<FeatureOwner, List<string>> _features = Enum.GetValues<FeatureOwner>().ToDictionary(o => o, _ => new List<string>());
    private readonly List<string> _numeric = [];
    private readonly List<string> _ignored = [];
    private readonly Dictionary<string, string> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly List<string> _findings = [];
    private readonly HashSet<string> _kinds;

    /// <param name="events">The events.</param>
    /// <param name="roles">The columns of the events that have other roles.</param>
    /// <param name="items">The items. Null for none.</param>
    /// <param name="users">The users. Null for none.</param>
    /// <param name="stated">What a person said.</param>
    public FeaturesGuess(TableStart events, EventRoles roles, KeyedFile? items, KeyedFile? users, PlanChanges stated)
    {
        _kinds = [.. stated.Numeric, .. stated.Categorical, .. stated.Lists.Keys];
        string[] placed = [.. stated.Ignored, .. stated.ItemFeatures, .. stated.UserFeatures, .. stated.ContextFeatures];
        AddFile("Item", items, placed, DatasetLayout.ItemId);
        AddFile("User", users, placed, DatasetLayout.UserId);
        ILookup<FeatureOwner, ColumnProfile> columns = roles.Free.Where(c => !placed.Contains(c.Name)).ToLookup(c => FeatureOwners.Of(events, c, roles));
        AddOf(FeatureOwner.Item, columns, roles.Item.Distinct.Count, [DatasetLayout.ItemId, .. Names(items)]);
        AddOf(FeatureOwner.User, columns, roles.User.Distinct.Count, [DatasetLayout.UserId, .. Names(users)]);
        AddOf(FeatureOwner.Context, columns, events.Rows.Count, [.. EventColumns.Names]);
        string[] neither = [.. columns[FeatureOwner.None].Select(c => c.Name)];
        if (neither.Length > 0)
        {
            string verb = neither.Length == 1 ? "describes" : "describe";
            _findings.Add($"Left out of the events: {string.Join(", ", neither)}, which {verb} neither items nor users (--item-features, --user-features, --context).");
        }
    }

    /// <summary>Sentences about the guess.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>Puts the guess into a plan.</summary>
    public ImportPlan Apply(ImportPlan plan) => plan with
    {
        ItemFeatures = _features[FeatureOwner.Item],
        UserFeatures = _features[FeatureOwner.User],
        ContextFeatures = _features[FeatureOwner.Context],
        Numeric = [.. _numeric.Distinct()],
        Lists = _lists,
        Ignored = [.. _ignored.Distinct()],
        Names = _names,
    };

    private static IEnumerable<string> Names(KeyedFile? file) => file is null ? [] : file.File.Columns.Select(c => PlanColumns.FeatureName(c.Name));

    private void AddFile(string what, KeyedFile? file, string[] placed, string id)
    {
        if (file is not null)
        {
            IEnumerable<ColumnProfile> columns = file.File.Columns.Where(c => c.Name != file.Column && !placed.Contains(c.Name));
            _ignored.AddRange(Add($"{what} features in {file.File.Name}", columns, file.File.Rows.Count, [id]).LeftOut);
        }
    }

    private void AddOf(FeatureOwner owner, ILookup<FeatureOwner, ColumnProfile> columns, int entities, HashSet<string> known) =>
        _features[owner].AddRange(Add($"{owner} features in the events", columns[owner], entities, known).Taken);

    /// <summary>Adds the features of one place.</summary>
    /// <param name="place">The place, for the finding.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="entities">The number of different items or users.</param>
    /// <param name="known">The names that are in use.</param>
    /// <returns>The columns that are features, and those that are left out.</returns>
    private (List<string> Taken, List<string> LeftOut) Add(string place, IEnumerable<ColumnProfile> columns, int entities, HashSet<string> known)
    {
        List<string> taken = [];
        List<string> leftOut = [];
        List<string> told = [];
        List<string> toldLeftOut = [];
        foreach (ColumnProfile column in columns)
        {
            FeatureGuess guess = known.Contains(PlanColumns.FeatureName(column.Name)) ? new(FeatureKind.LeftOut, "its name is in use")
                : _kinds.Contains(column.Name) ? new(FeatureKind.Stated)
                : FeatureGuess.Of(column, entities);
            bool isFeature = guess.Kind != FeatureKind.LeftOut;
            (isFeature ? taken : leftOut).Add(column.Name);
            (isFeature ? told : toldLeftOut).Add($"{column.Name} ({Kind(guess)})");
            if (isFeature)
            {
                AddKind(column.Name, guess);
            }
        }

        _findings.AddRange(told.Count == 0 ? [] : [$"{place}: {string.Join(", ", told)} (--numeric, --category, --list, --ignore)."]);
        _findings.AddRange(toldLeftOut.Count == 0 ? [] : [$"{place}, left out: {string.Join(", ", toldLeftOut)} (--numeric, --category)."]);
        return (taken, leftOut);
    }

    private void AddKind(string column, FeatureGuess guess)
    {
        if (guess.Kind == FeatureKind.Number)
        {
            _numeric.Add(column);
        }
        else if (guess.Separator is { } separator)
        {
            _lists[column] = separator;
        }

        // The name of a feature starts with a letter.
        if (!char.IsAsciiLetter(column[0]))
        {
            _names[column] = "f_" + PlanColumns.FeatureName(column);
        }
    }

    private static string Kind(FeatureGuess guess) => guess.Kind switch
    {
        FeatureKind.Number => "number",
        FeatureKind.List => $"list with \"{guess.Separator}\"",
        FeatureKind.LeftOut => guess.Reason,
        FeatureKind.Stated => "as stated",
        _ => "category",
    };
}
