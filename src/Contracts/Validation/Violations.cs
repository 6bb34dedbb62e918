using System.Globalization;
using DinOrleans.Contracts.Items;

namespace DinOrleans.Contracts.Validation;

/// <summary>Collects the broken rules of one input; allocates nothing while there are none.</summary>
internal struct Violations
{
    private static readonly IReadOnlyList<Violation> None = [];

    private List<Violation>? _list;

    public readonly IReadOnlyList<Violation> List => _list ?? None;

    public void Add(string field, string rule) => (_list ??= []).Add(new(field, rule));

    /// <summary>1 to 200 characters of any script, no control characters, no half of a surrogate pair.</summary>
    public void Id(string? id, string prefix, int index, string name)
    {
        string? rule = IdRule(id);
        if (rule is not null)
        {
            Add(index < 0 ? name : $"{prefix}[{index}].{name}", rule);
        }
    }

    /// <summary>Names that the schema has, values of the right kind.</summary>
    public void Features(IReadOnlyDictionary<string, string> features, IReadOnlyList<InputFeature> known, string path)
    {
        foreach ((string name, string value) in features)
        {
            InputFeature? feature = Find(known, name);
            if (feature is null)
            {
                Add($"{path}.{name}", known.Count == 0 ? "is no feature; there are none here" : "is no feature; known are " + string.Join(", ", known.Select(f => f.Name)));
            }
            else if (value is null || value.Length > InputLimits.FeatureLength)
            {
                Add($"{path}.{name}", $"must be at most {InputLimits.FeatureLength} characters");
            }
            else if (feature.Numeric && !(double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)))
            {
                Add($"{path}.{name}", "must be a finite number");
            }
        }
    }

    internal static string? IdRule(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > InputLimits.IdLength)
        {
            return $"must be 1 to {InputLimits.IdLength} characters";
        }

        for (int i = 0; i < id.Length; i++)
        {
            if (char.IsControl(id[i]))
            {
                return "must not hold control characters";
            }

            if (char.IsSurrogate(id[i]))
            {
                if (!char.IsSurrogatePair(id, i))
                {
                    return "must be valid Unicode";
                }

                i++;
            }
        }

        return null;
    }

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

/// <summary>What to do with broken rules.</summary>
public static class ViolationExtensions
{
    /// <exception cref="InvalidInputException">There are any; it carries them all.</exception>
    public static void ThrowIfAny(this IReadOnlyList<Violation> violations)
    {
        if (violations.Count > 0)
        {
            throw new InvalidInputException(violations);
        }
    }
}
