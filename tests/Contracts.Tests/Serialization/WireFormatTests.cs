using System.Reflection;
using Orleans.CodeGeneration;

namespace DinOrleans.Contracts.Tests.Serialization;

/// <summary>
/// Holds the contracts to <c>WireFormat.txt</c>, which a reviewer reads. Orleans' own contracts analyzer knows grain interfaces only, not the
/// ids of members.
/// </summary>
public sealed class WireFormatTests
{
    private const string File = "tests/Contracts.Tests/Serialization/WireFormat.txt";
    private const string Retired = "retired";

    public static TheoryData<Type> GrainInterfaces => [.. ContractTypes.GrainInterfaces];

    private static string[] Pinned { get; } = [.. System.IO.File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Serialization", "WireFormat.txt"))
        .Where(line => line.Length > 0 && !line.StartsWith('#'))];

    private static PinnedCall[] Calls { get; } = [.. Pinned.Select(PinnedCall.Read).OfType<PinnedCall>()];

    [Fact]
    public void Contracts_Always_AreWhatTheReviewedFileSays()
    {
        string[] now = [.. WireFormat.Lines()];
        string[] pinned = [.. Pinned.Where(line => !IsRetired(line)).Select(line => PinnedCall.Read(line)?.WithoutVersion ?? line)];
        string[] difference = [.. pinned.Except(now).Select(line => "- " + line), .. now.Except(pinned).Select(line => "+ " + line)];
        Assert.True(
            difference.Length == 0,
            $"The wire format differs from {File}, and processes that run an older build may not understand this one:\n{string.Join('\n', difference)}\n" +
            "A new member is safe: add its line, marked + here, to the file. " +
            "A new call is safe with a new version: raise [Version] of its interface by one, and add its line with that version after the interface's name. " +
            $"What is gone leaves a line: \"TYPE ID {Retired}\" for a member, and the whole line with \" {Retired}\" at its end for a call, so that its number or name is not used again. " +
            "A new name of a member is safe where its number stays. " +
            "A changed number, type or call breaks a rolling upgrade: add a new member or call instead.");
    }

    [Theory]
    [MemberData(nameof(GrainInterfaces))]
    public void GrainInterface_Always_HasTheVersionOfItsNewestCall(Type type)
    {
        int[] brought = [.. Calls.Where(c => c.Interface == type.GetCustomAttribute<AliasAttribute>()!.Alias).Select(c => c.Since).Distinct().Order()];
        VersionAttribute? version = type.GetCustomAttribute<VersionAttribute>();
        Assert.True(version is not null, $"{type.Name} has no version. Mark it [Version(1)] where it is new.");
        Assert.Equal(Enumerable.Range(1, version.Version), brought);
    }

    [Fact]
    public void Calls_Always_HaveNamesOfTheirOwn() => Assert.Distinct(Calls.Select(c => $"{c.Interface} {c.Name}"));

    [Fact]
    public void Members_Always_HaveNoNumberThatWasRetired()
    {
        string[] retired = [.. Pinned.Where(line => IsRetired(line) && PinnedCall.Read(line) is null).Select(line => line[..^Retired.Length])];
        Assert.DoesNotContain(WireFormat.Lines(), line => retired.Any(r => line.StartsWith(r, StringComparison.Ordinal)));
    }

    [Fact]
    public void File_Always_NamesNothingTwice() => Assert.Distinct(Pinned);

    private static bool IsRetired(string line) => line.EndsWith(" " + Retired, StringComparison.Ordinal);
}
