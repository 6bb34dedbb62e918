using System.Collections;
using DinOrleans.Model.Validation;

namespace DinOrleans.Model.Representation;

/// <summary>Known values in memory.</summary>
internal sealed class ListedValues : IKnownValues
{
    private readonly IReadOnlyList<string> _values;
    private readonly Dictionary<string, int> _indexes;

    /// <exception cref="InvalidContentException">A value occurs twice.</exception>
    public ListedValues(IReadOnlyList<string> values)
    {
        _values = values;
        _indexes = new Dictionary<string, int>(values.Count, StringComparer.Ordinal);
        for (int i = 0; i < values.Count; i++)
        {
            if (!_indexes.TryAdd(values[i], i))
            {
                throw new InvalidContentException($"value \"{values[i]}\" occurs twice.");
            }
        }
    }

    /// <inheritdoc/>
    public int Count => _values.Count;

    /// <inheritdoc/>
    public string this[int index] => _values[index];

    /// <inheritdoc/>
    public int Find(string value) => _indexes.GetValueOrDefault(value, -1);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => _values.GetEnumerator();

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
