using System.Text.Json;

namespace DinOrleans.Gateway.Json;

/// <summary>A broken rule of a member that a converter reads by itself: the reader knows the path of the object only.</summary>
/// <param name="member">Name of the member within the object.</param>
/// <param name="rule">What it breaks.</param>
internal sealed class JsonMemberException(string member, string rule) : JsonException(rule)
{
    /// <summary>Name of the member within the object.</summary>
    public string Member => member;
}
