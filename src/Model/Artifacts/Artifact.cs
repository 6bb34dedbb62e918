using DinOrleans.Model.Ranking;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Artifacts;

/// <summary>A model version read from its folder: every file checked against its digest, tables memory-mapped.</summary>
public sealed class Artifact : IDisposable
{
    private Artifact(string folder, ArtifactManifest manifest, Dictionary<string, Vocabulary> vocabularies, Dictionary<string, EmbeddingTable> tables)
    {
        Folder = folder;
        Manifest = manifest;
        Vocabularies = vocabularies;
        Layout = manifest.Schema.Layout();
        Items = Group(manifest, FeatureSource.Item, vocabularies, tables);
        Users = Group(manifest, FeatureSource.User, vocabularies, tables);
        Contexts = Group(manifest, FeatureSource.Context, vocabularies, tables);
        ItemBias = tables[FeatureKeys.ItemBias];
        Sample = ScorerSample.Parse(File.ReadAllText(Path.Combine(folder, ArtifactFiles.Sample)));
        CheckSample();
    }

    public string Folder { get; }

    public ArtifactManifest Manifest { get; }

    /// <summary>By feature key.</summary>
    public IReadOnlyDictionary<string, Vocabulary> Vocabularies { get; }

    public ScoreLayout Layout { get; }

    /// <summary>Represents items; the row of <c>item_id</c> comes with the others, in schema order.</summary>
    public FeatureGroup Items { get; }

    /// <summary>Represents profiles.</summary>
    public FeatureGroup Users { get; }

    /// <summary>Represents contexts.</summary>
    public FeatureGroup Contexts { get; }

    /// <summary>[rows of item_id, 1].</summary>
    public EmbeddingTable ItemBias { get; }

    public ScorerSample Sample { get; }

    /// <summary>The path of the scorer graph.</summary>
    public string ScorerPath => Path.Combine(Folder, ArtifactFiles.Scorer);

    /// <summary>One score each.</summary>
    public IReadOnlyList<RankingTask> Tasks => Manifest.Schema.Tasks;

    /// <summary>Reads and verifies a version.</summary>
    /// <param name="folder">The version's folder.</param>
    /// <exception cref="ArtifactException">A file is missing, damaged or does not fit the manifest.</exception>
    public static Artifact Open(string folder)
    {
        string manifestPath = Path.Combine(folder, ArtifactFiles.Manifest);
        if (!File.Exists(manifestPath))
        {
            throw new ArtifactException(manifestPath, "is missing");
        }

        ArtifactManifest manifest = ArtifactManifest.Parse(File.ReadAllText(manifestPath));
        Verify(folder, manifest);
        Dictionary<string, Vocabulary> vocabularies = [];
        Dictionary<string, EmbeddingTable> tables = [];
        try
        {
            foreach (FeatureSource source in Enum.GetValues<FeatureSource>())
            {
                foreach (CategoricalFeature feature in manifest.Schema.Categorical(source))
                {
                    string key = FeatureKeys.Of(source, feature.Name);
                    VocabularyShape shape = manifest.Vocabularies.GetValueOrDefault(key)
                        ?? throw new ArtifactException(ArtifactFiles.Manifest, $"vocabularies lacks \"{key}\"");
                    vocabularies[key] = VocabularyFile.Read(folder, key, shape);
                    tables[key] = Table(folder, key, shape.Rows, feature.Dimension);
                }
            }

            int itemRows = vocabularies[FeatureKeys.Of(FeatureSource.Item, FeatureSchema.ItemId)].RowCount;
            tables[FeatureKeys.ItemBias] = Table(folder, FeatureKeys.ItemBias, itemRows, 1);
            return new(folder, manifest, vocabularies, tables);
        }
        catch
        {
            foreach (EmbeddingTable table in tables.Values)
            {
                table.Dispose();
            }

            throw;
        }
    }

    /// <summary>The tables of item, user and context features in schema order, then the item bias.</summary>
    public IEnumerable<EmbeddingTable> Tables() => [.. Items.Tables, .. Users.Tables, .. Contexts.Tables, ItemBias];

    /// <summary>The trained parameters and moving statistics by name.</summary>
    /// <exception cref="ArtifactException">The file is damaged.</exception>
    public IReadOnlyDictionary<string, ParameterValue> ReadParameters()
    {
        try
        {
            return ParameterFile.Read(Path.Combine(Folder, ArtifactFiles.Parameters));
        }
        catch (Exception e) when (e is IOException or OverflowException)
        {
            throw new ArtifactException(ArtifactFiles.Parameters, e.Message, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Items.Dispose();
        Users.Dispose();
        Contexts.Dispose();
        ItemBias.Dispose();
    }

    private static void Verify(string folder, ArtifactManifest manifest)
    {
        foreach (string required in (string[])[ArtifactFiles.Scorer, ArtifactFiles.Parameters, ArtifactFiles.Sample])
        {
            if (!manifest.Files.ContainsKey(required))
            {
                throw new ArtifactException(ArtifactFiles.Manifest, $"files lacks \"{required}\"");
            }
        }

        string inside = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        foreach ((string file, string digest) in manifest.Files)
        {
            string path = Path.GetFullPath(Path.Combine(folder, file));
            if (!path.StartsWith(inside, StringComparison.Ordinal))
            {
                throw new ArtifactException(ArtifactFiles.Manifest, $"names \"{file}\" outside the artifact");
            }

            if (!File.Exists(path))
            {
                throw new ArtifactException(path, "is missing");
            }

            if (ArtifactFiles.Digest(path) != digest)
            {
                throw new ArtifactException(path, "is damaged: its SHA-256 is not the manifest's");
            }
        }
    }

    private static EmbeddingTable Table(string folder, string key, int rows, int dimension)
    {
        string file = ArtifactFiles.Table(key);
        try
        {
            return EmbeddingTable.Open(Path.Combine(folder, file), rows, dimension);
        }
        catch (FileNotFoundException e)
        {
            throw new ArtifactException(file, "is missing", e);
        }
    }

    private static FeatureGroup Group(
        ArtifactManifest manifest, FeatureSource source, Dictionary<string, Vocabulary> vocabularies, Dictionary<string, EmbeddingTable> tables)
    {
        IReadOnlyList<CategoricalFeature> categorical = manifest.Schema.Categorical(source);
        NumericFeature[] numeric = [.. manifest.Schema.Numeric(source)];
        return new(
            categorical,
            categorical.Select(f => vocabularies[FeatureKeys.Of(source, f.Name)]),
            categorical.Select(f => tables[FeatureKeys.Of(source, f.Name)]),
            numeric,
            numeric.Select(f => manifest.Scalers.GetValueOrDefault(FeatureKeys.Of(source, f.Name))
                ?? throw new ArtifactException(ArtifactFiles.Manifest, $"scalers lacks \"{FeatureKeys.Of(source, f.Name)}\"")));
    }

    private void CheckSample()
    {
        ScorerSample s = Sample;
        bool fits = s.HistoryLength >= 1 && s.CandidateCount >= 1
            && s.Behaviours.Length == s.HistoryLength * Layout.ItemWidth
            && s.Candidates.Length == s.CandidateCount * Layout.ItemWidth
            && s.CandidateBias.Length == s.CandidateCount
            && s.Profile.Length == Layout.ProfileWidth
            && s.Context.Length == Layout.ContextWidth
            && s.Scores.Length == s.CandidateCount * Layout.TaskCount;
        if (!fits)
        {
            throw new ArtifactException(ArtifactFiles.Sample, "does not have the widths of the schema");
        }
    }
}
