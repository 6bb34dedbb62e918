using DinOrleans.Contracts.Items;

namespace DinOrleans.Contracts.Validation;

/// <summary>The rules of catalogue items.</summary>
public static class ItemRules
{
    /// <summary>Every broken rule, by index; empty where all are valid.</summary>
    public static IReadOnlyList<Violation> Check(IReadOnlyList<Item> items, InputSchema schema)
    {
        var violations = default(Violations);
        if (items.Count is 0 or > InputLimits.Items)
        {
            violations.Add("items", $"must be 1 to {InputLimits.Items:N0} items");
            return violations.List;
        }

        var seen = new HashSet<string>(items.Count, StringComparer.Ordinal);
        for (int i = 0; i < items.Count; i++)
        {
            violations.Id(items[i].ItemId, "items", i, "itemId");
            violations.Features(items[i].Features, schema.ItemFeatures, $"items[{i}].features");
            if (items[i].ItemId is { } id && !seen.Add(id))
            {
                violations.Add($"items[{i}].itemId", "must occur once");
            }
        }

        return violations.List;
    }
}
