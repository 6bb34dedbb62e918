using System.Globalization;
using DinOrleans.Export;
using DinOrleans.Grains.Models;
using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Tensors;

namespace DinOrleans.TestShop;

/// <summary>Writes versions with random weights: right in every way but that they have learned nothing.</summary>
public static class UntrainedArtifact
{
    private const int OutOfVocabularyRows = 4;
    private const int SampleLength = 3;

    /// <summary>Writes a version into a folder of versions.</summary>
    /// <param name="folder">Gets a subfolder named by the version.</param>
    /// <param name="schema">The shop's schema.</param>
    /// <param name="values">Known values of each categorical feature by its key; none where absent.</param>
    /// <param name="model">The name of the model.</param>
    /// <param name="optionsJson">Its options; null for the defaults.</param>
    /// <param name="seed">Another seed gives another version.</param>
    /// <param name="numbers">How the numbers of its tables are stored.</param>
    /// <returns>The version's folder.</returns>
    public static string Write(
        string folder, FeatureSchema schema, IReadOnlyDictionary<string, string[]> values, string model = Din.Name, string? optionsJson = null, int seed = 1,
        TableNumbers numbers = TableNumbers.Bits16)
    {
        ArtifactContent content = Content(schema, values, model, optionsJson, seed) with { TableNumbers = numbers };
        string scratch = Directory.CreateTempSubdirectory("untrained-").FullName;
        try
        {
            using Artifact unproven = Artifact.Open(ArtifactWriter.Write(content, scratch, TimeProvider.System));
            using OnnxScorer scorer = OnnxScorer.Load(unproven.ScorerPath, unproven.Layout, new ScoringOptions());
            return ArtifactWriter.Write(content with { StoredSample = content.StoredSample with { Scores = Scores(unproven, scorer) } }, folder, TimeProvider.System);
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static ArtifactContent Content(
        FeatureSchema schema, IReadOnlyDictionary<string, string[]> values, string model, string? optionsJson, int seed)
    {
        var random = new Random(seed);
        string options = RankingModels.CompleteOptions(model, optionsJson);
        Dictionary<string, Vocabulary> vocabularies = [];
        Dictionary<string, ParameterValue> tables = [];
        Dictionary<string, NumericScaler> scalers = [];
        foreach (FeatureSource source in Enum.GetValues<FeatureSource>())
        {
            foreach (CategoricalFeature feature in schema.Categorical(source))
            {
                string key = FeatureKeys.Create(source, feature.Name);
                vocabularies[key] = new Vocabulary(values.GetValueOrDefault(key, []), OutOfVocabularyRows);
                tables[key] = Table(vocabularies[key].RowCount, feature.Dimension, random);
            }

            foreach (NumericFeature feature in schema.Numeric(source))
            {
                scalers[FeatureKeys.Create(source, feature.Name)] = new NumericScaler(feature.Normalisation, 0, 1);
            }
        }

        tables[FeatureKeys.ItemBias] = Table(vocabularies[FeatureKeys.Create(FeatureSource.Item, FeatureSchema.ItemId)].RowCount, 1, random);
        ScoreLayout layout = schema.Layout();
        return new ArtifactContent
        {
            Schema = schema,
            Model = model,
            Options = options,
            Parameters = InitialParameters.Draw(RankingModels.Create(model, layout, options), seed),
            Vocabularies = vocabularies,
            Tables = tables,
            Scalers = scalers,
            Metrics = new Dictionary<string, double>(),
            Data = new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, 0, "untrained"),
            StoredSample = Sample(schema, values, random),
        };
    }

    private static ParameterValue Table(int rows, int dimension, Random random)
    {
        ParameterValue table = new([rows, dimension], Numbers(rows * dimension, random));
        table.Data.AsSpan(0, dimension).Clear();
        return table;
    }

    private static StoredSample Sample(FeatureSchema schema, IReadOnlyDictionary<string, string[]> values, Random random)
    {
        int sequences = schema.Sequences?.Count ?? 0;
        return new()
        {
            Items = [.. Enumerable.Range(0, SampleLength).Select(_ => Entity(FeatureSource.Item))],
            Behaviours = [.. Enumerable.Range(0, SampleLength)],
            SequenceLengths = sequences == 0 ? [] : [1, .. new int[sequences - 1]],
            Candidates = [.. Enumerable.Range(0, SampleLength).Reverse()],
            Profile = Entity(FeatureSource.User),
            Context = Entity(FeatureSource.Context),
            Scores = new float[SampleLength * schema.Tasks.Count],
        };

        Dictionary<string, string> Entity(FeatureSource source)
        {
            Dictionary<string, string> features = [];
            foreach (CategoricalFeature feature in schema.Categorical(source))
            {
                string[] known = values.GetValueOrDefault(FeatureKeys.Create(source, feature.Name), []);
                features[feature.Name] = known.Length == 0 ? "unknown" : known[random.Next(known.Length)];
            }

            foreach (NumericFeature feature in schema.Numeric(source))
            {
                features[feature.Name] = random.NextSingle().ToString(CultureInfo.InvariantCulture);
            }

            return features;
        }
    }

    private static float[] Scores(Artifact artifact, OnnxScorer scorer)
    {
        ScoreRequest request = SampleRequest.Create(artifact);
        var batch = new ScoreBatch();
        batch.Pack([request], artifact.Layout);
        scorer.Score(batch, attention: false);
        return batch.Unpack(0, request, attention: false).Scores.Span.ToArray();
    }

    private static float[] Numbers(int count, Random random)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = random.NextSingle() - 0.5f;
        }

        return numbers;
    }
}
