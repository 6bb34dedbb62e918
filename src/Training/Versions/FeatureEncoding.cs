using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Log;
using DinOrleans.Training.Network.Embeddings;
using DinOrleans.Training.Samples.Rankings;

namespace DinOrleans.Training.Versions;

/// <summary>How features become rows and scaled numbers: the vocabularies and scalers of a version.</summary>
/// <param name="Vocabularies">The vocabularies by feature key.</param>
/// <param name="Scalers">The scalers of numeric features by feature key.</param>
public sealed record FeatureEncoding(IReadOnlyDictionary<string, Vocabulary> Vocabularies, IReadOnlyDictionary<string, NumericScaler> Scalers)
{
    /// <summary>Learns vocabularies and scalers from the training rankings of a log.</summary>
    /// <remarks>
    /// Every item feature must know at least one value. Profile and context features need not, because a training may come before any user has a
    /// profile, and an application may never send a context.
    /// </remarks>
    /// <param name="log">The log.</param>
    /// <param name="counts">
    /// How often the training rankings have each item, user and context. A value occurs as often as they have items, users or contexts with it, and
    /// numbers are scaled by theirs.
    /// </param>
    /// <param name="minimumCount">The number of occurrences that gives a value a row of its own. Rarer values share the out-of-vocabulary rows.</param>
    /// <param name="outOfVocabularyRows">The number of out-of-vocabulary rows per feature.</param>
    /// <param name="earlier">The vocabularies of the version that training starts from, whose values are kept, by feature key. Null for none.</param>
    /// <exception cref="InvalidContentException">An item feature has no value that occurs often enough.</exception>
    public static FeatureEncoding Learn(
        TrainingLog log, TrainingCounts counts, long minimumCount, int outOfVocabularyRows, IReadOnlyDictionary<string, Vocabulary>? earlier = null)
    {
        Dictionary<string, Vocabulary> vocabularies = [];
        Dictionary<string, NumericScaler> scalers = [];
        foreach (FeatureSource source in Enum.GetValues<FeatureSource>())
        {
            EntityTable entities = Entities(log, source);
            int[] seen = [.. counts.Seen(source)];
            foreach ((CategoricalFeature feature, StringColumn column) in log.Schema.Categorical(source).Zip(entities.Categorical))
            {
                string key = FeatureKeys.Create(source, feature.Name);
                KeyValuePair<string, long>[] values = [.. Counts(column, counts.Get(source))];
                Vocabulary vocabulary = Vocabulary.Build(values, minimumCount, outOfVocabularyRows, earlier?[key]);
                if (source == FeatureSource.Item && vocabulary.Values.Count == 0)
                {
                    throw new InvalidContentException(DescribeUnknown(feature.Name, values, minimumCount, entities.Count));
                }

                vocabularies[key] = vocabulary;
            }

            foreach ((NumericFeature feature, float[] values) in log.Schema.Numeric(source).Zip(entities.Numeric))
            {
                scalers[FeatureKeys.Create(source, feature.Name)] = NumericScaler.Fit(feature.Normalisation, Array.ConvertAll(seen, i => values[i]));
            }
        }

        return new(vocabularies, scalers);
    }

    /// <summary>Reads the encoding that a version was trained with.</summary>
    public static FeatureEncoding Read(Artifact artifact) => new(artifact.Vocabularies, artifact.Manifest.Scalers);

    /// <summary>Encodes the items, users or contexts of a log.</summary>
    public EntityRows Encode(TrainingLog log, FeatureSource source)
    {
        EntityTable entities = Entities(log, source);
        int[][] rows =
        [
            .. log.Schema.Categorical(source).Zip(entities.Categorical, (feature, column) => Rows(column, Vocabularies[FeatureKeys.Create(source, feature.Name)])),
        ];
        NumericFeature[] numeric = [.. log.Schema.Numeric(source)];
        float[] numbers = new float[entities.Count * numeric.Length];
        for (int f = 0; f < numeric.Length; f++)
        {
            NumericScaler scaler = Scalers[FeatureKeys.Create(source, numeric[f].Name)];
            for (int i = 0; i < entities.Count; i++)
            {
                numbers[(i * numeric.Length) + f] = scaler.Scale(entities.Numeric[f][i]);
            }
        }

        return new EntityRows(entities.Count, rows, numbers, numeric.Length);
    }

    private static EntityTable Entities(TrainingLog log, FeatureSource source) => source switch
    {
        FeatureSource.Item => log.Items,
        FeatureSource.User => log.Users,
        FeatureSource.Context => log.Contexts,
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "Unknown feature source."),
    };

    private static string DescribeUnknown(string feature, KeyValuePair<string, long>[] counts, long minimumCount, int items)
    {
        long most = counts.Select(c => c.Value).DefaultIfEmpty(0).Max();
        string what = counts.Length == 0
            ? $"it is empty for all {items} items"
            : $"the most frequent of its {counts.Length} values occurs in {most} training events";
        string cure = most > 0
            ? $"Lower minimumCount to {most} or less, or learn from more events"
            : "Give a value of it to items that events name, or take the feature out of the schema";
        return $"item feature \"{feature}\" would have no known value: {what}, and minimumCount is {minimumCount}. {cure}.";
    }

    private static IEnumerable<KeyValuePair<string, long>> Counts(StringColumn column, int[] events)
    {
        long[] counts = new long[column.Values.Count];
        for (int i = 0; i < column.Codes.Length; i++)
        {
            if (column.Codes[i] >= 0)
            {
                counts[column.Codes[i]] += events[i];
            }
        }

        return column.Values.Zip(counts, (value, count) => new KeyValuePair<string, long>(value, count)).Where(c => c.Key.Length > 0);
    }

    private static int[] Rows(StringColumn column, Vocabulary vocabulary)
    {
        int[] rowOfCode = [.. column.Values.Select(vocabulary.Row)];
        return Array.ConvertAll(column.Codes, code => code < 0 ? Vocabulary.PaddingRow : rowOfCode[code]);
    }
}
