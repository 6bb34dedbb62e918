using System.IO.Hashing;
using System.Runtime.InteropServices;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Representation;

/// <summary>
/// Maps the values of a feature to rows of its embedding table: row 0 is padding (and a missing value), then the
/// out-of-vocabulary rows that unknown values share by hash, then known values by descending frequency.
/// </summary>
public sealed class Vocabulary : IDisposable
{
    /// <summary>The row of padding and of a missing value; its vector is zero.</summary>
    public const int PaddingRow = 0;

    private readonly IKnownValues _known;

    /// <param name="values">The known values by descending frequency.</param>
    /// <param name="outOfVocabularyRows">The number of rows that unknown values share, at least 1.</param>
    /// <exception cref="InvalidContentException">A value occurs twice.</exception>
    public Vocabulary(IReadOnlyList<string> values, int outOfVocabularyRows)
        : this(new ListedValues(values), outOfVocabularyRows)
    {
    }

    private Vocabulary(IKnownValues known, int outOfVocabularyRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outOfVocabularyRows, 1);
        _known = known;
        OutOfVocabularyRows = outOfVocabularyRows;
    }

    /// <summary>The known values. The one at index i has row <see cref="FirstKnownRow"/> + i.</summary>
    public IReadOnlyList<string> Values => _known;

    /// <summary>The number of rows that unknown values share.</summary>
    public int OutOfVocabularyRows { get; }

    /// <summary>The row of the most frequent value.</summary>
    public int FirstKnownRow => 1 + OutOfVocabularyRows;

    /// <summary>The number of rows of the embedding table.</summary>
    public int RowCount => FirstKnownRow + Values.Count;

    /// <summary>Opens the file of a vocabulary. It takes no memory of its own, however many values there are.</summary>
    /// <param name="path">The file.</param>
    /// <param name="outOfVocabularyRows">The number of rows that unknown values share, at least 1.</param>
    /// <exception cref="InvalidContentException">The file does not have the form of known values.</exception>
    public static Vocabulary Open(string path, int outOfVocabularyRows) => new(StoredValues.Open(path), outOfVocabularyRows);

    /// <summary>Builds a vocabulary of the values that occur often enough. The others train the out-of-vocabulary rows.</summary>
    /// <param name="counts">The number of times that each value occurs.</param>
    /// <param name="minimumCount">The smallest count of a value that is kept.</param>
    /// <param name="outOfVocabularyRows">The number of rows that unknown values share.</param>
    /// <param name="earlier">A vocabulary whose values are all kept, also those that do not occur; null for none.</param>
    public static Vocabulary Build(
        IEnumerable<KeyValuePair<string, long>> counts, long minimumCount, int outOfVocabularyRows, Vocabulary? earlier = null)
    {
        Dictionary<string, long> kept = (earlier?.Values ?? []).ToDictionary(value => value, _ => 0L, StringComparer.Ordinal);
        foreach ((string value, long count) in counts)
        {
            if (count >= minimumCount || kept.ContainsKey(value))
            {
                kept[value] = count;
            }
        }

        return new([.. kept.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key)], outOfVocabularyRows);
    }

    /// <summary>The row of a value.</summary>
    public int Row(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return PaddingRow;
        }

        int known = _known.Find(value);
        return known >= 0 ? FirstKnownRow + known : OutOfVocabularyRow(value);
    }

    /// <summary>Whether a value has a row of its own.</summary>
    public bool Knows(string value) => _known.Find(value) >= 0;

    /// <inheritdoc/>
    public void Dispose() => _known.Dispose();

    private int OutOfVocabularyRow(string value)
    {
        // The UTF-16 bytes are the same on every supported machine, because all are little-endian.
        ulong hash = XxHash64.HashToUInt64(MemoryMarshal.AsBytes(value.AsSpan()));
        return 1 + (int)(hash % (ulong)OutOfVocabularyRows);
    }
}
