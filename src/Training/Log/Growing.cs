namespace DinOrleans.Training.Log;

/// <summary>An array that grows.</summary>
internal sealed class Growing<T>
{
    private const int FirstCapacity = 1024;

    private T[] _values = [];

    public int Count { get; private set; }

    public ref T this[int index] => ref _values[index];

    public void Add(T value)
    {
        if (Count == _values.Length)
        {
            Array.Resize(ref _values, Math.Max(FirstCapacity, Count + (Count / 2)));
        }

        _values[Count++] = value;
    }

    /// <summary>Removes all values and keeps the storage.</summary>
    public void Clear() => Count = 0;

    public T[] ToArray() => _values.AsSpan(0, Count).ToArray();

    /// <summary>Copies the values in another order.</summary>
    /// <param name="order">The index of the value to put in each place.</param>
    public T[] ToArray(int[] order)
    {
        var ordered = new T[Count];
        for (int i = 0; i < ordered.Length; i++)
        {
            ordered[i] = _values[order[i]];
        }

        return ordered;
    }
}
