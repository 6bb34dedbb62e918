using DinOrleans.Contracts;

namespace DinOrleans.Datasets.Import.Plans;

/// <summary>
/// Gathers the features of items or users from rows that are about something else. The first value that is not missing counts. The memory that it needs
/// grows with the number of items or users.
/// </summary>
internal sealed class GatheredFeatures
{
    private readonly Dictionary<string, Dictionary<string, string>> _entities = new(StringComparer.Ordinal);

    /// <summary>Adds the features of one row.</summary>
    public void Add(string id, IReadOnlyDictionary<string, string> features)
    {
        if (!_entities.TryGetValue(id, out Dictionary<string, string>? known))
        {
            _entities.Add(id, new(features));
            return;
        }

        foreach ((string name, string value) in features)
        {
            known.TryAdd(name, value);
        }
    }

    /// <summary>Takes an entity out.</summary>
    /// <returns>Its features. Empty if no row was about it.</returns>
    public IReadOnlyDictionary<string, string> Take(string id) => _entities.Remove(id, out Dictionary<string, string>? features) ? features : EmptyFeatures.Instance;

    /// <summary>The entities that were not taken, in the order in which they came first.</summary>
    public IEnumerable<KeyValuePair<string, IReadOnlyDictionary<string, string>>> Rest =>
        _entities.Select(e => KeyValuePair.Create(e.Key, (IReadOnlyDictionary<string, string>)e.Value));
}
