namespace DinOrleans.Model.Ranking;

/// <summary>Widths of the vectors a model scores, and of the fields in them.</summary>
/// <param name="ItemWidth">d, of an item's vector.</param>
/// <param name="ProfileWidth">p; 0 where the schema has no user features.</param>
/// <param name="ContextWidth">c; 0 where the schema has no context features.</param>
/// <param name="TaskCount">K.</param>
public sealed record ScoreLayout(int ItemWidth, int ProfileWidth, int ContextWidth, int TaskCount)
{
    /// <summary>Width of each feature in an item's vector, numbers last; one field of all where nothing is stated.</summary>
    public IReadOnlyList<int> ItemFields { get; init; } = One(ItemWidth);

    /// <summary>Width of each feature in a profile.</summary>
    public IReadOnlyList<int> ProfileFields { get; init; } = One(ProfileWidth);

    /// <summary>Width of each feature in a context.</summary>
    public IReadOnlyList<int> ContextFields { get; init; } = One(ContextWidth);

    /// <summary>How many of an item's features are numbers: the last floats of its vector.</summary>
    public int ItemNumbers { get; init; }

    /// <summary>How many of a profile's features are numbers: the last floats of its vector.</summary>
    public int ProfileNumbers { get; init; }

    /// <summary>How many of a context's features are numbers: the last floats of its vector.</summary>
    public int ContextNumbers { get; init; }

    /// <summary>Names of the sequences beside the main one; their number is S.</summary>
    public IReadOnlyList<string> Sequences { get; init; } = [];

    /// <summary>Whether all widths and sequences are the same.</summary>
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
