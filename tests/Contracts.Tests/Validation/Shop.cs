using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Schema;
using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;

namespace DinOrleans.Contracts.Tests.Validation;

/// <summary>A schema and inputs that break no rule, to break one at a time.</summary>
internal static class Shop
{
    public static DateTimeOffset Now { get; } = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    public static InputSchema Schema { get; } = new()
    {
        EventTypes = ["click", "impression"],
        ItemFeatures = [new("category", false), new("price", true)],
        UserFeatures = [new("country", false), new("age", true)],
        ContextFeatures = [new("device", false), new("hour", true)],
    };

    public static RankQuery Query { get; } = new() { Candidates = ["a", "b"] };

    public static BehaviourEvent Event { get; } = new() { EventId = "e", UserId = "u", ItemId = "i", Type = "click", Timestamp = Now };

    public static Item Item { get; } = new("a", EmptyFeatures.Instance);

    public static IReadOnlyDictionary<string, string> Features(params (string Name, string? Value)[] features) =>
        features.ToDictionary(f => f.Name, f => f.Value!);

    public static string[] Lines(Violations violations) => [.. violations.Listed.Select(v => $"{v.Field} {v.Rule}")];
}
