using System.Globalization;
using System.Text.RegularExpressions;

namespace DinOrleans.Contracts.Tests.Serialization;

/// <summary>A call of a grain as <c>WireFormat.txt</c> has it.</summary>
/// <param name="Interface">The name of the interface on the wire.</param>
/// <param name="Since">The version of the interface that brought the call.</param>
/// <param name="Name">The name of the call on the wire.</param>
/// <param name="Rest">The parameters and the result.</param>
internal sealed partial record PinnedCall(string Interface, int Since, string Name, string Rest)
{
    /// <summary>Reads a line; null where the line is not one of a call.</summary>
    public static PinnedCall? Read(string line) => Line().Match(line) is { Success: true } call
        ? new(call.Groups["interface"].Value, int.Parse(call.Groups["since"].Value, CultureInfo.InvariantCulture), call.Groups["name"].Value, call.Groups["rest"].Value)
        : null;

    /// <summary>The line without the version, as the code tells it.</summary>
    public string WithoutVersion => $"{Interface} {Name}{Rest}";

    [GeneratedRegex(@"^(?<interface>\S+) (?<since>\d+) (?<name>\w+)(?<rest>\(.*)$")]
    private static partial Regex Line();
}
