using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets.Import.Plans;

/// <summary>The features of a plan, and the schema that they make.</summary>
internal sealed class PlanTables
{
    private readonly ImportPlan _plan;

    /// <exception cref="DatasetException">A file of items or users is missing or has no header.</exception>
    public PlanTables(ImportPlan plan)
    {
        _plan = plan;
        Items = PlanColumns.OfFile(plan.Items, plan.Items?.IdColumn ?? plan.ItemColumn, plan);
        Users = PlanColumns.OfFile(plan.Users, plan.Users?.IdColumn ?? plan.UserColumn, plan);
        EventItems = PlanColumns.Choose(plan.ItemFeatures, plan);
        EventUsers = PlanColumns.Choose(plan.UserFeatures, plan);
        Context = PlanColumns.Choose(plan.ContextFeatures, plan);
    }

    /// <summary>The features in the items file.</summary>
    public PlanColumns Items { get; }

    /// <summary>The features in the users file.</summary>
    public PlanColumns Users { get; }

    /// <summary>The features of items in the events file.</summary>
    public PlanColumns EventItems { get; }

    /// <summary>The features of users in the events file.</summary>
    public PlanColumns EventUsers { get; }

    /// <summary>The context features in the events file.</summary>
    public PlanColumns Context { get; }

    /// <summary>Sentences about columns that cannot be read, and about the lists that were read.</summary>
    public IEnumerable<string> Notes => new[] { Items, Users, EventItems, EventUsers, Context }.SelectMany(c => c.Notes);

    /// <summary>Makes the schema.</summary>
    /// <exception cref="DatasetException">The features, event types or numbers of the plan break a rule of schemas.</exception>
    public FeatureSchema Schema()
    {
        int dimension = _plan.FeatureDimension;
        var schema = new FeatureSchema
        {
            ItemFeatures = [new(FeatureSchema.ItemId, _plan.ItemDimension), .. Items.Categorical(dimension), .. EventItems.Categorical(dimension)],
            UserFeatures = [.. Users.Categorical(dimension), .. EventUsers.Categorical(dimension)],
            ContextFeatures = [.. Context.Categorical(dimension)],
            NumericFeatures =
            [
                .. Items.Numeric(FeatureSource.Item), .. EventItems.Numeric(FeatureSource.Item),
                .. Users.Numeric(FeatureSource.User), .. EventUsers.Numeric(FeatureSource.User),
                .. Context.Numeric(FeatureSource.Context),
            ],
            Tasks = [new(TaskName(_plan.PositiveTypes[0]), _plan.PositiveTypes)],
            Behaviours = new(_plan.PositiveTypes, _plan.MaxLength),
            OtherEvents = _plan.RatingColumn is null ? _plan.OtherTypes : [.. _plan.OtherTypes.Append(_plan.LowType).Distinct()],
        };
        return FeatureSchemaRules.Check(schema) is { Count: > 0 } problems
            ? throw new DatasetException("csv import: the columns and options do not make a valid schema: " + string.Join("; ", problems))
            : schema;
    }

    /// <summary>The name of a task starts with a letter, but some logs number their event types.</summary>
    private static string TaskName(string type) => (type.Length > 0 && char.IsAsciiLetter(type[0]) ? "" : "type_") + PlanColumns.FeatureName(type);
}
