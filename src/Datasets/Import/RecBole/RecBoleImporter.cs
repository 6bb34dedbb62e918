using DinOrleans.Datasets.Import.Plans;

namespace DinOrleans.Datasets.Import.RecBole;

/// <summary>
/// Imports the atomic files of RecBole (Zhao et al., CIKM 2021): <c>NAME.inter</c>, with <c>NAME.item</c> and <c>NAME.user</c> beside it where they exist,
/// each plain or gzipped. Tabs separate the fields, and the header gives each column a type, such as <c>user_id:token</c>.
/// </summary>
/// <remarks>
/// A token is a category, a float is a number, and a token_seq becomes one value of its first parts, or a feature per part. A float_seq is left out. A rating at or above the
/// positive rating is a "like", and one below it is a "low_rating". Without ratings, every interaction is an "interaction".
/// </remarks>
/// <param name="positiveRating">The lowest rating that counts as a like.</param>
/// <param name="source">The options for reading the files. Null for the published form.</param>
/// <param name="changes">What a person says otherwise. Columns are named with their types. Null for nothing.</param>
public sealed class RecBoleImporter(double positiveRating = RecBoleImporter.DefaultPositiveRating, SourceOptions? source = null, PlanChanges? changes = null)
    : IDatasetImporter
{
    /// <summary>The default of the positive rating.</summary>
    public const double DefaultPositiveRating = 4;

    /// <inheritdoc/>
    public string Name => "recbole";

    /// <inheritdoc/>
    public ImportResult Import(string source, string outFolder, CancellationToken cancellationToken = default)
    {
        string interactions = Interactions(source);
        ImportPlan plan = (changes ?? new()).Apply(RecBolePlan.Of(interactions, Options)) with { PositiveRating = positiveRating };
        return new PlanImporter(plan, Options.Time).Import(interactions, outFolder, cancellationToken);
    }

    private SourceOptions Options { get; } = source ?? new();

    /// <summary>The file of interactions: the one that was given, or the only one in a folder.</summary>
    private static string Interactions(string source)
    {
        if (!Directory.Exists(source))
        {
            return source;
        }

        string[] found = [.. Directory.EnumerateFiles(source).Where(RecBolePlan.IsInteractions).Order(StringComparer.Ordinal)];
        return found.Length == 1
            ? found[0]
            : throw new DatasetException($"{source}: must have one file NAME.inter, but has {(found.Length == 0 ? "none" : string.Join(" and ", found.Select(Path.GetFileName)))}");
    }
}
