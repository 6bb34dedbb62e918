namespace DinOrleans.Training.Samples;

/// <summary>Numbers strings in the order they first come.</summary>
internal sealed class Codebook
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly List<string> _values = [];

    public IReadOnlyList<string> Values => _values;

    public int Count => _values.Count;

    /// <summary>The number of a string, a new one where it has none yet.</summary>
    public int Code(string value)
    {
        if (!_codes.TryGetValue(value, out int code))
        {
            code = _values.Count;
            _codes.Add(value, code);
            _values.Add(value);
        }

        return code;
    }

    /// <summary>The number of a string; −1 where it has none.</summary>
    public int Find(string value) => _codes.GetValueOrDefault(value, -1);
}
