namespace DinOrleans.Training.Log;

/// <summary>Numbers strings in the order in which they first come.</summary>
internal sealed class Codebook
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly List<string> _values = [];

    public IReadOnlyList<string> Values => _values;

    public int Count => _values.Count;

    /// <summary>The number of a string. A string that has none yet gets the next one.</summary>
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

    /// <summary>The number of a string, or −1 where it has none.</summary>
    public int Find(string value) => _codes.GetValueOrDefault(value, -1);
}
