using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace DinOrleans.Gateway.Rank;

/// <summary>Views two parallel lists as a dictionary, so that an answer builds none for each of its items.</summary>
internal sealed class TaskScores(IReadOnlyList<string> tasks, IReadOnlyList<float> scores) : IReadOnlyDictionary<string, float>
{
    public int Count => Math.Min(tasks.Count, scores.Count);

    public IEnumerable<string> Keys => this.Select(pair => pair.Key);

    public IEnumerable<float> Values => this.Select(pair => pair.Value);

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

    public IEnumerator<KeyValuePair<string, float>> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return new(tasks[i], scores[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
