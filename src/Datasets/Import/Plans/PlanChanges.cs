namespace DinOrleans.Datasets.Import.Plans;

/// <summary>What a person says about files of their own. Everything that they do not say stays as a plan has it.</summary>
public sealed record PlanChanges
{
    /// <summary>The encoding, delimiter, missing values, time zone and plausible times of all files, and the sheet of the events, where they are stated.</summary>
    public SourceOptions Source { get; init; } = new();

    /// <summary>The column names of an events file without a header row.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The file of items.</summary>
    public string? ItemsFile { get; init; }

    /// <summary>The file of users.</summary>
    public string? UsersFile { get; init; }

    /// <summary>The column of the id in the items file.</summary>
    public string? ItemsIdColumn { get; init; }

    /// <summary>The column of the id in the users file.</summary>
    public string? UsersIdColumn { get; init; }

    /// <summary>The sheet of a workbook of items.</summary>
    public string? ItemsSheet { get; init; }

    /// <summary>The sheet of a workbook of users.</summary>
    public string? UsersSheet { get; init; }

    /// <inheritdoc cref="ImportPlan.UserColumn"/>
    public string? UserColumn { get; init; }

    /// <inheritdoc cref="ImportPlan.ItemColumn"/>
    public string? ItemColumn { get; init; }

    /// <inheritdoc cref="ImportPlan.TimestampColumn"/>
    public string? TimestampColumn { get; init; }

    /// <inheritdoc cref="ImportPlan.TimestampFormat"/>
    public string? TimestampFormat { get; init; }

    /// <inheritdoc cref="ImportPlan.EventIdColumn"/>
    public string? EventIdColumn { get; init; }

    /// <inheritdoc cref="ImportPlan.TypeColumn"/>
    public string? TypeColumn { get; init; }

    /// <inheritdoc cref="ImportPlan.RatingColumn"/>
    public string? RatingColumn { get; init; }

    /// <inheritdoc cref="ImportPlan.PositiveRating"/>
    public double? PositiveRating { get; init; }

    /// <inheritdoc cref="ImportPlan.RankingColumn"/>
    public string? RankingColumn { get; init; }

    /// <inheritdoc cref="ImportPlan.PositiveTypes"/>
    public IReadOnlyList<string>? PositiveTypes { get; init; }

    /// <inheritdoc cref="ImportPlan.OtherTypes"/>
    public IReadOnlyList<string>? OtherTypes { get; init; }

    /// <inheritdoc cref="ImportPlan.SkipUnknownTypes"/>
    public bool SkipUnknownTypes { get; init; }

    /// <inheritdoc cref="ImportPlan.SkipIncomplete"/>
    public bool SkipIncomplete { get; init; }

    /// <inheritdoc cref="ImportPlan.ItemsFromEvents"/>
    public bool ItemsFromEvents { get; init; }

    /// <inheritdoc cref="ImportPlan.DecimalComma"/>
    public bool DecimalComma { get; init; }

    /// <summary>Columns of the events file that are features of the item too.</summary>
    public IReadOnlyList<string> ItemFeatures { get; init; } = [];

    /// <summary>Columns of the events file that are features of the user too.</summary>
    public IReadOnlyList<string> UserFeatures { get; init; } = [];

    /// <summary>Columns of the events file that are context features too.</summary>
    public IReadOnlyList<string> ContextFeatures { get; init; } = [];

    /// <summary>Columns that hold numbers too.</summary>
    public IReadOnlyList<string> Numeric { get; init; } = [];

    /// <summary>Columns that are categorical, whatever the plan says.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>Columns that hold lists too, with the text between two parts.</summary>
    public IReadOnlyDictionary<string, string> Lists { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc cref="ImportPlan.ListParts"/>
    public int? ListParts { get; init; }

    /// <summary>Columns of lists whose parts become features of their own too.</summary>
    public IReadOnlyList<string> SplitLists { get; init; } = [];

    /// <summary>Columns that are left out too.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Names of features by their columns.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>();

    /// <inheritdoc cref="ImportPlan.MaxLength"/>
    public int? MaxLength { get; init; }

    /// <summary>Applies the changes.</summary>
    public ImportPlan Apply(ImportPlan plan)
    {
        string[] kept = [.. Numeric, .. Categorical, .. Lists.Keys];
        string[] placed = [.. ItemFeatures, .. UserFeatures, .. ContextFeatures, .. Ignored];
        return plan with
        {
            Events = Apply(plan.Events) with { Columns = Columns ?? plan.Events.Columns, Sheet = Source.Sheet ?? plan.Events.Sheet },
            Items = Other(plan.Items, ItemsFile, ItemsIdColumn, ItemsSheet),
            Users = Other(plan.Users, UsersFile, UsersIdColumn, UsersSheet),
            UserColumn = UserColumn ?? plan.UserColumn,
            ItemColumn = ItemColumn ?? plan.ItemColumn,
            TimestampColumn = TimestampColumn ?? plan.TimestampColumn,
            TimestampFormat = TimestampFormat ?? plan.TimestampFormat,
            TimeZone = Source.TimeZone?.Id ?? plan.TimeZone,
            AnyTime = Source.AnyTime || plan.AnyTime,
            EventIdColumn = EventIdColumn ?? plan.EventIdColumn,
            TypeColumn = TypeColumn ?? plan.TypeColumn,
            RatingColumn = RatingColumn ?? plan.RatingColumn,
            PositiveRating = PositiveRating ?? plan.PositiveRating,
            RankingColumn = RankingColumn ?? plan.RankingColumn,
            PositiveTypes = Positive(plan),
            OtherTypes = Others(plan),
            SkipUnknownTypes = SkipUnknownTypes || plan.SkipUnknownTypes,
            SkipIncomplete = SkipIncomplete || plan.SkipIncomplete,
            ItemsFromEvents = ItemsFromEvents || plan.ItemsFromEvents,
            DecimalComma = DecimalComma || plan.DecimalComma,
            ItemFeatures = [.. plan.ItemFeatures.Except(placed), .. ItemFeatures],
            UserFeatures = [.. plan.UserFeatures.Except(placed), .. UserFeatures],
            ContextFeatures = [.. plan.ContextFeatures.Except(placed), .. ContextFeatures],
            Numeric = [.. plan.Numeric.Except(kept), .. Numeric],
            Lists = plan.Lists.Where(l => !kept.Contains(l.Key)).Concat(Lists).ToDictionary(),
            ListParts = ListParts ?? plan.ListParts,
            SplitLists = [.. plan.SplitLists.Union(SplitLists)],
            Ignored = [.. plan.Ignored.Except(kept).Except(Ignored), .. Ignored],
            Names = plan.Names.Where(n => !Names.ContainsKey(n.Key)).Concat(Names).ToDictionary(),
            Missing = Source.Missing.Count > 0 ? Source.Missing : plan.Missing,
            MaxLength = MaxLength ?? plan.MaxLength,
        };
    }

    /// <summary>The same with another sheet of the events.</summary>
    internal PlanChanges WithSheet(string? sheet) => this with { Source = Source with { Sheet = sheet } };

    private PlanFile? Other(PlanFile? file, string? path, string? idColumn, string? sheet)
    {
        PlanFile? applied = path is null ? file : (file ?? new()) with { Path = path };
        return applied is null ? null : Apply(applied) with { IdColumn = idColumn ?? applied.IdColumn, Sheet = sheet ?? applied.Sheet };
    }

    private PlanFile Apply(PlanFile file) => file with
    {
        Delimiter = Source.Delimiter ?? file.Delimiter,
        Encoding = Source.Encoding?.WebName ?? file.Encoding,
    };

    private IReadOnlyList<string> Positive(ImportPlan plan) =>
        PositiveTypes ?? (RatingColumn is not null && plan.RatingColumn is null ? ["like"] : plan.PositiveTypes);

    /// <summary>Types of a plan that are not positive any more still occur in its file.</summary>
    private IReadOnlyList<string> Others(ImportPlan plan) =>
        OtherTypes ?? (PositiveTypes is null || plan.TypeColumn is null ? plan.OtherTypes : [.. plan.PositiveTypes.Concat(plan.OtherTypes).Distinct().Except(PositiveTypes)]);
}
