using System.Text.Json;

namespace DinOrleans.Gateway.Json;

/// <summary>A value breaks the rule of a converter.</summary>
/// <param name="rule">The rule, in words for the caller, for example "must be a string".</param>
/// <param name="member">
/// The member whose value it is, where the converter reads a whole object: the serializer then knows only the path of the object. Null where
/// the path is that of the value.
/// </param>
internal sealed class JsonRuleException(string rule, string? member = null) : JsonException(rule)
{
    /// <summary>The rule, in words for the caller.</summary>
    public string Rule { get; } = rule;

    /// <summary>The name of the member within the object; null where the path is that of the value.</summary>
    public string? Member { get; } = member;
}
