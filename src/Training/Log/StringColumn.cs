namespace DinOrleans.Training.Log;

/// <summary>A column of strings that keeps each distinct value once.</summary>
public sealed class StringColumn
{
    public StringColumn(int[] codes, IReadOnlyList<string> values)
    {
        Codes = codes;
        Values = values;
    }

    /// <summary>The index in <see cref="Values"/> of each row's value, or −1 where the value is missing.</summary>
    public int[] Codes { get; }

    /// <summary>The distinct values.</summary>
    public IReadOnlyList<string> Values { get; }
}
