using System.Reflection;
using System.Text.Json.Nodes;

namespace DinOrleans.Contracts.Tests.Serialization;

/// <summary>Bytes that a build has written, as a line of <c>WireBytes.txt</c>: the type, the bytes in base64 and what they hold.</summary>
/// <param name="Type">The name of the type on the wire.</param>
/// <param name="Bytes">The bytes.</param>
/// <param name="Content">What they hold, as <see cref="WireContent"/> has it.</param>
internal sealed record RecordedBytes(string Type, byte[] Bytes, JsonNode Content)
{
    /// <summary>Everything that was recorded, oldest first.</summary>
    public static IReadOnlyList<RecordedBytes> All { get; } =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Serialization", "WireBytes.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' ', 3))
            .Select(words => new RecordedBytes(words[0], Convert.FromBase64String(words[1]), JsonNode.Parse(words[2])!)),
    ];

    /// <summary>The name of a value's type on the wire.</summary>
    public static string NameOf(object value) => value.GetType().GetCustomAttribute<AliasAttribute>()!.Alias;

    /// <summary>The line of a value that this build writes.</summary>
    public static string Line(object value, byte[] bytes) => $"{NameOf(value)} {Convert.ToBase64String(bytes)} {WireContent.Of(value)!.ToJsonString()}";
}
