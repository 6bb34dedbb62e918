using System.Text;

namespace DinOrleans.Grains.Items.Columns;

/// <summary>The values that items have of one categorical feature, with a code for each. Any number of threads may use it at the same time.</summary>
internal sealed class FeatureValues
{
    private readonly Utf8Numbers _values = new(keepsTexts: true);
    private readonly Lock _adding = new();

    /// <summary>The code of a value. A value that has none yet gets the next one.</summary>
    /// <param name="value">The value in UTF-8.</param>
    public int Code(ReadOnlySpan<byte> value)
    {
        uint hash = Utf8Numbers.Hash(value);
        int code = _values.Find(value, hash);
        return code >= 0 ? code : Add(value, hash);
    }

    /// <summary>The value of a code that <see cref="Code"/> returned.</summary>
    public string Value(int code) => Encoding.UTF8.GetString(_values.Text(code));

    private int Add(ReadOnlySpan<byte> value, uint hash)
    {
        lock (_adding)
        {
            // Another thread may have added it since.
            int code = _values.Find(value, hash);
            return code >= 0 ? code : _values.Add(value, hash);
        }
    }
}
