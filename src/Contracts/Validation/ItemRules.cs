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

            Check(item, $"items[{i}].", schema, ref violations);
            if (item.ItemId is { } id && !seen.Add(id))
            {
                violations.Add($"items[{i}].itemId", "must occur once");
            }
        }

        return violations;
    }

    /// <summary>Adds the broken rules of an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="prefix">What the names of fields begin with, for example "items[3].".</param>
    /// <param name="schema">The names that items may use.</param>
    /// <param name="violations">Receives the broken rules.</param>
    public static void Check(Item item, string prefix, InputSchema schema, ref Violations violations)
    {
        if (InputRules.CheckId(item.ItemId) is { } rule)
        {
            violations.Add(prefix + "itemId", rule);
        }

        if (item.Features is not { Count: 0 })
        {
            violations.CheckFeatures(item.Features, schema.ItemFeatures, prefix + "features");
        }

        bool from = CheckTime(item.AvailableFrom, prefix + "availableFrom", ref violations);
        bool until = CheckTime(item.AvailableUntil, prefix + "availableUntil", ref violations);
        if (from && until && item.AvailableUntil <= item.AvailableFrom)
        {
            violations.Add(prefix + "availableUntil", "must lie after availableFrom");
        }
    }

    /// <summary>Returns the broken rule of the id of an item that is read or removed.</summary>
    public static Violations CheckId(string? itemId)
    {
        var violations = default(Violations);
        violations.CheckId(itemId, "", -1, "itemId");
        return violations;
    }

    private static bool CheckTime(DateTimeOffset? time, string field, ref Violations violations)
    {
        bool keeps = time is null || (time >= InputLimits.Earliest && time <= InputLimits.LatestAvailability);
        if (!keeps)
        {
            violations.Add(
                field,
                $"must be a date and time with an offset, for example 2026-01-31T12:00:00Z, from {InputLimits.Earliest:yyyy-MM-dd} to {InputLimits.LatestAvailability:yyyy-MM-dd}");
        }

        return keeps;
    }
}
