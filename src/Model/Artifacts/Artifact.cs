using DinOrleans.Model.Ranking;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Tensors;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Artifacts;

/// <summary>A version that was read from its folder. Every file was checked against the manifest, and tables and vocabularies are memory-mapped.</summary>
public sealed class Artifact : IDisposable
{
    private Artifact(string folder, ArtifactManifest manifest, Dictionary<string, Vocabulary> vocabularies, Dictionary<string, EmbeddingTable> tables)
    {
        Folder = folder;
        Manifest = manifest;
        Vocabularies = vocabularies;
        Layout = manifest.Schema.Layout();
        Items = Group(manifest, FeatureSource.Item, vocabularies, tables);
        Profiles = Group(manifest, FeatureSource.User, vocabularies, tables);
        Contexts = Group(manifest, FeatureSource.Context, vocabularies, tables);
        ItemBias = tables[FeatureKeys.ItemBias];
        StoredSample = StoredSample.Read(folder, manifest.Schema);
    }

    public string Folder { get; }

    public ArtifactManifest Manifest { get; }

    /// <summary>The vocabulary of each categorical feature by feature key.</summary>
    public IReadOnlyDictionary<string, Vocabulary> Vocabularies { get; }

    public ScoreLayout Layout { get; }

    /// <summary>Represents items. The row of <c>item_id</c> is among the others, in schema order.</summary>
    public FeatureGroup Items { get; }

    /// <summary>Represents profiles.</summary>
    public FeatureGroup Profiles { get; }

    /// <summary>Represents contexts.</summary>
    public FeatureGroup Contexts { get; }

    /// <summary>The item bias, [rows of item_id, 1].</summary>
    public EmbeddingTable ItemBias { get; }

    public StoredSample StoredSample { get; }

    /// <summary>The path of the scorer graph.</summary>
    public string ScorerPath => Path.Combine(Folder, ArtifactFiles.Scorer);

    /// <summary>The tasks. Each has one score per candidate.</summary>
    public IReadOnlyList<RankingTask> Tasks => Manifest.Schema.Tasks;

    /// <summary>Reads and verifies a version. The time grows with the size of its files, the memory does not.</summary>
    /// <param name="folder">The version's folder.</param>
    /// <exception cref="ArtifactException">A file is missing, damaged, not listed, or does not fit the manifest.</exception>
    /// <exception cref="IOException">A file cannot be read now.</exception>
    public static Artifact Open(string folder) => OpenUnlessCancelled(folder, CancellationToken.None);

    /// <inheritdoc cref="Open"/>
    /// <param name="folder">The version's folder.</param>
    /// <param name="cancellationToken">Ends the verification between two reads.</param>
    public static Artifact OpenUnlessCancelled(string folder, CancellationToken cancellationToken)
    {
        ArtifactManifest manifest = ArtifactManifest.Read(folder);
        ArtifactFolder.Verify(folder, manifest, cancellationToken);
        Dictionary<string, Vocabulary> vocabularies = [];
        Dictionary<string, EmbeddingTable> tables = [];
        try
        {
            foreach (FeatureSource source in Enum.GetValues<FeatureSource>())
            {
                foreach (CategoricalFeature feature in manifest.Schema.Categorical(source))
                {
                    string key = FeatureKeys.Create(source, feature.Name);
                    VocabularyShape shape = manifest.Vocabularies[key];
                    vocabularies[key] = VocabularyFile.Read(folder, key, shape, manifest.Format);
                    tables[key] = Table(folder, key, shape.Rows, feature.Dimension, manifest.Tables);
                }
            }

            int itemRows = vocabularies[FeatureKeys.Create(FeatureSource.Item, FeatureSchema.ItemId)].RowCount;
            tables[FeatureKeys.ItemBias] = Table(folder, FeatureKeys.ItemBias, itemRows, 1, manifest.Tables);
            return new(folder, manifest, vocabularies, tables);
        }
        catch
        {
            foreach (IDisposable mapped in (IEnumerable<IDisposable>)[.. tables.Values, .. vocabularies.Values])
            {
                mapped.Dispose();
            }

            throw;
        }
    }

    /// <summary>Verifies every file of a version's folder, and loads nothing.</summary>
    /// <param name="folder">The version's folder.</param>
    /// <param name="cancellationToken">Ends the verification between two reads.</param>
    /// <exception cref="ArtifactException">A file is missing, damaged, not listed, or does not fit the manifest.</exception>
    /// <exception cref="IOException">A file cannot be read now.</exception>
    public static void Verify(string folder, CancellationToken cancellationToken) =>
        ArtifactFolder.Verify(folder, ArtifactManifest.Read(folder), cancellationToken);

    /// <summary>The tables of item, profile and context features in schema order, then the item bias.</summary>
    public IEnumerable<EmbeddingTable> Tables() => [.. Items.Tables, .. Profiles.Tables, .. Contexts.Tables, ItemBias];

    /// <summary>The trained parameters and moving statistics by name.</summary>
    /// <exception cref="ArtifactException">The file is damaged.</exception>
    public IReadOnlyDictionary<string, ParameterValue> ReadParameters() => ParameterFile.Read(Path.Combine(Folder, ArtifactFiles.Parameters));

    /// <inheritdoc/>
    public void Dispose()
    {
        Items.Dispose();
        Profiles.Dispose();
        Contexts.Dispose();
        ItemBias.Dispose();
        foreach (Vocabulary vocabulary in Vocabularies.Values)
        {
            vocabulary.Dispose();
        }
    }

    private static EmbeddingTable Table(string folder, string key, int rows, int dimension, TableNumbers numbers)
    {
        string file = ArtifactFiles.Table(key, numbers, dimension);
        try
        {
            string? scales = ArtifactFiles.Scales(key, numbers, dimension) is { } name ? Path.Combine(folder, name) : null;
            return EmbeddingTable.Open(Path.Combine(folder, file), scales, rows, dimension, numbers);
        }
        catch (Exception e) when (e is InvalidContentException or FileNotFoundException)
        {
            throw new ArtifactException(file, e.Message, e);
        }
    }

    private static FeatureGroup Group(
        ArtifactManifest manifest, FeatureSource source, Dictionary<string, Vocabulary> vocabularies, Dictionary<string, EmbeddingTable> tables)
    {
        IReadOnlyList<CategoricalFeature> categorical = manifest.Schema.Categorical(source);
        NumericFeature[] numeric = [.. manifest.Schema.Numeric(source)];
        return new(
            categorical,
            categorical.Select(f => vocabularies[FeatureKeys.Create(source, f.Name)]),
            categorical.Select(f => tables[FeatureKeys.Create(source, f.Name)]),
            numeric,
            numeric.Select(f => manifest.Scalers[FeatureKeys.Create(source, f.Name)]));
    }
}
