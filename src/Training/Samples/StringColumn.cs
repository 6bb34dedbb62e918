namespace DinOrleans.Training.Samples;

/// <summary>A column of strings, each distinct value kept once.</summary>
public sealed class StringColumn
{
    public StringColumn(int[] codes, IReadOnlyList<string> values)
    {
        Codes = codes;
        Values = values;
    }

    /// <summary>Index in <see cref="Values"/> of each row's value; −1 where it is missing.</summary>
    public int[] Codes { get; }

    /// <summary>Distinct values.</summary>
    public IReadOnlyList<string> Values { get; }
}
