using DinOrleans.Model.Schema;

namespace DinOrleans.Model.Ranking;

/// <summary>The widths of the vectors that a model scores, in floats, and of the fields in them.</summary>
/// <param name="ItemWidth">d, the width of an item's vector.</param>
/// <param name="ProfileWidth">p, the width of a profile's vector; 0 if the schema has no user features.</param>
/// <param name="ContextWidth">c, the width of a context's vector; 0 if the schema has no context features.</param>
/// <param name="TaskCount">K, the number of tasks.</param>
public sealed record ScoreLayout(int ItemWidth, int ProfileWidth, int ContextWidth, int TaskCount)
{
    /// <summary>The width of each feature in an item's vector, numbers last; by default one field of the whole width.</summary>
    public IReadOnlyList<int> ItemFields { get; init; } = One(ItemWidth);

    /// <summary>The width of each feature in a profile's vector, numbers last; by default one field of the whole width.</summary>
    public IReadOnlyList<int> ProfileFields { get; init; } = One(ProfileWidth);

    /// <summary>The width of each feature in a context's vector, numbers last; by default one field of the whole width.</summary>
    public IReadOnlyList<int> ContextFields { get; init; } = One(ContextWidth);

    /// <summary>How many of an item's features are numbers. They are the last floats of its vector.</summary>
    public int ItemNumbers { get; init; }

    /// <summary>How many of a profile's features are numbers. They are the last floats of its vector.</summary>
    public int ProfileNumbers { get; init; }

    /// <summary>How many of a context's features are numbers. They are the last floats of its vector.</summary>
    public int ContextNumbers { get; init; }

    /// <summary>The names of the sequences besides the main one; their number is S.</summary>
    public IReadOnlyList<string> Sequences { get; init; } = [];

    /// <summary>Compares all widths and sequences.</summary>
    public bool Equals(ScoreLayout? other) => other is not null && Widths().SequenceEqual(other.Widths()) && Sequences.SequenceEqual(other.Sequences);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ItemWidth, ProfileWidth, ContextWidth, TaskCount);

    private static int[] One(int width) => width > 0 ? [width] : [];

    private IEnumerable<int> Widths() =>
    [
        ItemWidth, ProfileWidth, ContextWidth, TaskCount, ItemNumbers, ProfileNumbers, ContextNumbers,
        ItemFields.Count, .. ItemFields, ProfileFields.Count, .. ProfileFields, ContextFields.Count, .. ContextFields,
    ];
}

/// <summary>Makes the layout of a schema.</summary>
public static class FeatureSchemaLayout
{
    /// <summary>The widths of the vectors that models of a schema score.</summary>
    public static ScoreLayout Layout(this FeatureSchema schema)
    {
        int[] items = Fields(schema, FeatureSource.Item);
        int[] profiles = Fields(schema, FeatureSource.User);
        int[] contexts = Fields(schema, FeatureSource.Context);
        return new(items.Sum(), profiles.Sum(), contexts.Sum(), schema.Tasks.Count)
        {
            ItemFields = items,
            ProfileFields = profiles,
            ContextFields = contexts,
            ItemNumbers = schema.Numeric(FeatureSource.Item).Count(),
            ProfileNumbers = schema.Numeric(FeatureSource.User).Count(),
            ContextNumbers = schema.Numeric(FeatureSource.Context).Count(),
            Sequences = [.. (schema.Sequences ?? []).Select(s => s.Name)],
        };
    }

    /// <summary>The width of each feature in a source's vector: the categorical ones, then the numbers.</summary>
    private static int[] Fields(FeatureSchema schema, FeatureSource source) =>
        [.. schema.Categorical(source).Select(f => f.Dimension), .. schema.Numeric(source).Select(_ => 1)];
}
