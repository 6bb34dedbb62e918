using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Schema;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Contracts.Validation;

/// <summary>The rules of searches for users and items.</summary>
public static class SearchRules
{
    /// <summary>Returns the broken rules of a search for users.</summary>
    public static Violations Check(UserSearch search)
    {
        Violations violations = CheckLimit(search.Limit);
        CheckText(ref violations, search.Prefix, search.After);
        if (search.Random && (search.Prefix.Length > 0 || search.After is not null))
        {
            violations.Add("random", "must not be given together with prefix or after");
        }

        return violations;
    }

    /// <summary>Returns the broken rules of a search for items.</summary>
    public static Violations Check(ItemSearch search, InputSchema schema)
    {
        Violations violations = CheckLimit(search.Limit);
        CheckText(ref violations, search.Prefix, search.After);
        CheckFeature(ref violations, search.Feature, search.Value, schema);
        return violations;
    }

    /// <summary>Returns the broken rules of a query for popular items.</summary>
    public static Violations Check(PopularItemsQuery query, InputSchema schema)
    {
        Violations violations = CheckLimit(query.Limit);
        CheckFeature(ref violations, query.Feature, query.Value, schema);
        return violations;
    }

    /// <summary>Returns the broken rules of a list of item ids.</summary>
    public static Violations CheckIds(IReadOnlyList<string> itemIds)
    {
        var violations = default(Violations);
        if (itemIds.Count is < 1 or > InputLimits.SearchRows)
        {
            violations.Add("id", $"must be given 1 to {InputLimits.SearchRows} times");
            return violations;
        }

        for (int i = 0; i < itemIds.Count; i++)
        {
            if (InputRules.CheckId(itemIds[i]) is { } rule)
            {
                violations.Add($"id[{i}]", rule);
            }
        }

        return violations;
    }

    /// <summary>Returns the broken rule of the number of rows of a page.</summary>
    public static Violations CheckLimit(int limit)
    {
        var violations = default(Violations);
        if (limit is < 1 or > InputLimits.SearchRows)
        {
            violations.Add("limit", $"must be 1 to {InputLimits.SearchRows}");
        }

        return violations;
    }

    /// <summary>Returns the broken rules of a question for the days of an item.</summary>
    public static Violations CheckDays(string itemId, int days)
    {
        var violations = default(Violations);
        if (InputRules.CheckId(itemId) is { } rule)
        {
            violations.Add("itemId", rule);
        }

        if (days is < 1 or > InputLimits.ItemDays)
        {
            violations.Add("days", $"must be 1 to {InputLimits.ItemDays}");
        }

        return violations;
    }

    private static void CheckText(ref Violations violations, string prefix, string? after)
    {
        if (CheckSought(prefix) is { } rule)
        {
            violations.Add("prefix", rule);
        }

        if (after is not null && InputRules.CheckId(after) is not null)
        {
            violations.Add("after", "must be the \"next\" of a page");
        }
    }

    private static void CheckFeature(ref Violations violations, string? feature, string? value, InputSchema schema)
    {
        if (feature is null)
        {
            if (value is not null)
            {
                violations.Add("value", "must be given together with feature");
            }

            return;
        }

        string[] known = [.. schema.ItemFeatures.Where(f => !f.Numeric).Select(f => f.Name)];
        if (!known.Contains(feature))
        {
            violations.Add("feature", known.Length == 0 ? "is not a feature of items; the schema has none to search by" : $"must be one of {string.Join(", ", known)}");
        }

        if (value is null)
        {
            violations.Add("value", "must be given together with feature");
        }
        else if (CheckSought(value) is { } rule)
        {
            violations.Add("value", rule);
        }
    }

    /// <summary>Checks a text that is searched for. A database may not be able to compare control characters.</summary>
    private static string? CheckSought(string text) =>
        InputRules.CheckFeature(text, isNumeric: false) ?? (text.Any(char.IsControl) ? "must not hold control characters" : null);
}
