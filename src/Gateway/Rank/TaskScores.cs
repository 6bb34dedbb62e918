using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace DinOrleans.Gateway.Rank;

/// <summary>Views two parallel lists as a dictionary, so that an answer builds none for each of its items.</summary>
internal readonly struct TaskScores(IReadOnlyList<string> tasks, ReadOnlyMemory<float> scores) : IReadOnlyDictionary<string, float>
{
    public int Count => scores.Length;

    public IEnumerable<string> Keys => tasks.Take(Count);

    public IEnumerable<float> Values => scores.ToArray();

    public float this[string key] => TryGetValue(key, out float value) ? value : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out float value)
    {
        foreach ((string task, float score) in this)
        {
            if (task == key)
            {
                value = score;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>For generated code, which takes this one and boxes nothing.</summary>
    public Enumerator GetEnumerator() => new(tasks, scores);

    IEnumerator<KeyValuePair<string, float>> IEnumerable<KeyValuePair<string, float>>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Goes through the tasks in their order.</summary>
    public struct Enumerator(IReadOnlyList<string> tasks, ReadOnlyMemory<float> scores) : IEnumerator<KeyValuePair<string, float>>
    {
        private int _at = -1;

        public readonly KeyValuePair<string, float> Current => new(tasks[_at], scores.Span[_at]);

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => ++_at < scores.Length;

        public void Reset() => _at = -1;

        public readonly void Dispose()
        {
        }
    }
}
