using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Schema;

namespace DinOrleans.Contracts.Validation;

/// <summary>The rules of catalogue items.</summary>
public static class ItemRules
{
    /// <summary>Returns the broken rules of a request's items. Fields are named by the item's index.</summary>
    public static Violations Check(IReadOnlyList<Item?>? items, InputSchema schema)
    {
        var violations = default(Violations);
        if (items is null || items.Count is 0 or > InputLimits.Items)
        {
            violations.Add("items", $"must be 1 to {InputLimits.Items:N0} items");
            return violations;
        }

        var seen = new HashSet<string>(items.Count, StringComparer.Ordinal);
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] is not { } item)
            {
                violations.Add($"items[{i}]", "must be given");
                continue;
            }

            violations.CheckId(item.ItemId, "items", i, "itemId");
            violations.CheckFeatures(item.Features, schema.ItemFeatures, $"items[{i}].features");
            if (item.ItemId is { } id && !seen.Add(id))
            {
                violations.Add($"items[{i}].itemId", "must occur once");
            }
        }

        return violations;
    }
}
