using DinOrleans.Contracts.Schema;

namespace DinOrleans.Contracts.Validation;

/// <summary>
/// The broken rules of one input: the first <see cref="InputLimits.Violations"/> of them, and the number of the others, because one request can hold
/// hundreds of thousands. It allocates nothing while there are none.
/// </summary>
public struct Violations
{
    private static readonly IReadOnlyList<Violation> None = [];

    private List<Violation>? _listed;

    /// <summary>The first broken rules in the order in which they were found. Empty where the input is valid.</summary>
    public readonly IReadOnlyList<Violation> Listed => _listed ?? None;

    /// <summary>The number of broken rules that are not listed.</summary>
    public int More { readonly get; private set; }

    /// <summary>True if a further broken rule would only be counted.</summary>
    private readonly bool IsFull => _listed?.Count >= InputLimits.Violations;

    /// <summary>Adds a broken rule.</summary>
    /// <param name="field">The JSON path of the field.</param>
    /// <param name="rule">The rule in words.</param>
    public void Add(string field, string rule)
    {
        if (IsFull)
        {
            More++;
        }
        else
        {
            (_listed ??= []).Add(new(field, rule));
        }
    }

    /// <summary>Adds the broken rules of another part of the same input.</summary>
    public void Add(Violations others)
    {
        foreach (Violation violation in others.Listed)
        {
            Add(violation.Field, violation.Rule);
        }

        More += others.More;
    }

    /// <exception cref="InvalidInputException">A rule was broken.</exception>
    public readonly void ThrowIfAny()
    {
        if (_listed is not null)
        {
            throw new InvalidInputException(_listed, More);
        }
    }

    /// <summary>Checks an id and adds the rule that it breaks.</summary>
    internal void CheckId(string? id, string prefix, int index, string name)
    {
        string? rule = InputRules.CheckId(id);
        if (rule is not null)
        {
            Add(index < 0 ? name : $"{prefix}[{index}].{name}", rule);
        }
    }

    /// <summary>Checks a feature map and adds the rules that it breaks. It may hold only names of the schema, with values of the right kind.</summary>
    internal void CheckFeatures(IReadOnlyDictionary<string, string>? features, IReadOnlyList<InputFeature> known, string path)
    {
        if (features is null)
        {
            Add(path, "must be given");
            return;
        }

        foreach ((string name, string value) in features)
        {
            InputFeature? feature = Find(known, name);
            string? rule = feature is null ? "" : InputRules.CheckFeature(value, feature.Numeric);
            if (rule is null)
            {
                continue;
            }

            if (IsFull)
            {
                // Making the words alone would take seconds for a request full of unknown names.
                More++;
                continue;
            }

            Add($"{path}.{Shortened(name)}", feature is not null ? rule
                : known.Count == 0 ? "is not a feature; the schema has none here"
                : "is not a feature; the known features are " + string.Join(", ", known.Select(f => f.Name)));
        }
    }

    private static string Shortened(string name) =>
        name.Length <= InputLimits.IdLength ? name : string.Concat(name.AsSpan(0, InputLimits.IdLength), "…");

    private static InputFeature? Find(IReadOnlyList<InputFeature> known, string name)
    {
        for (int i = 0; i < known.Count; i++)
        {
            if (known[i].Name == name)
            {
                return known[i];
            }
        }

        return null;
    }
}
