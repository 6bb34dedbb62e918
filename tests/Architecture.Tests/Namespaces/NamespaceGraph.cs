namespace DinOrleans.Architecture.Tests.Namespaces;

/// <summary>The references between the namespaces of a project.</summary>
internal sealed class NamespaceGraph
{
    private readonly Dictionary<string, Dictionary<string, string>> _references;

    /// <param name="files">The project's source files.</param>
    public NamespaceGraph(IReadOnlyList<SourceFile> files)
    {
        var types = files.GroupBy(f => f.Namespace).ToDictionary(g => g.Key, g => (IReadOnlySet<string>)g.SelectMany(f => f.Types).ToHashSet());
        _references = types.Keys.ToDictionary(n => n, _ => new Dictionary<string, string>());
        foreach (SourceFile file in files)
        {
            foreach ((string other, IReadOnlySet<string> declared) in types.Where(t => t.Key != file.Namespace && file.RefersTo(t.Key, t.Value)))
            {
                _references[file.Namespace].TryAdd(other, file.Path);
            }
        }
    }

    /// <summary>The sets of namespaces each of which refers to each other one of its set, directly or through others.</summary>
    public IEnumerable<IReadOnlySet<string>> Circles()
    {
        var reached = _references.Keys.ToDictionary(n => n, Reached);
        HashSet<string> known = [];
        foreach (string name in _references.Keys.Order(StringComparer.Ordinal).Where(n => reached[n].Contains(n)))
        {
            if (known.Add(name))
            {
                HashSet<string> circle = [.. reached[name].Where(other => reached[other].Contains(name))];
                known.UnionWith(circle);
                yield return circle;
            }
        }
    }

    /// <summary>The references between namespaces of a circle, each with the first file that has it.</summary>
    public IEnumerable<string> References(IReadOnlySet<string> circle) =>
        from name in circle.Order(StringComparer.Ordinal)
        from reference in _references[name]
        where circle.Contains(reference.Key)
        select $"{name} -> {reference.Key} in {reference.Value}";

    private HashSet<string> Reached(string start)
    {
        HashSet<string> reached = [];
        Stack<string> open = new([start]);
        while (open.TryPop(out string? name))
        {
            foreach (string next in _references[name].Keys.Where(reached.Add))
            {
                open.Push(next);
            }
        }

        return reached;
    }
}
