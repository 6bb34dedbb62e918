namespace DinOrleans.Contracts.Tests.Serialization;

/// <summary>
/// Holds the contracts to <c>WireFormat.txt</c>, which a reviewer reads. Orleans' own contracts analyzer knows grain interfaces only, not the
/// ids of members.
/// </summary>
public sealed class WireFormatTests
{
    private const string File = "tests/Contracts.Tests/Serialization/WireFormat.txt";
    private const string Retired = "retired";

    private static string[] Pinned { get; } = [.. System.IO.File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Serialization", "WireFormat.txt"))
        .Where(line => line.Length > 0 && !line.StartsWith('#'))];

    [Fact]
    public void Contracts_Always_AreWhatTheReviewedFileSays()
    {
        string[] now = [.. WireFormat.Lines()], pinned = [.. Pinned.Where(line => !IsRetired(line))];
        string[] difference = [.. pinned.Except(now).Select(line => "- " + line), .. now.Except(pinned).Select(line => "+ " + line)];
        Assert.True(
            difference.Length == 0,
            $"The wire format differs from {File}, and processes that run an older build may not understand this one:\n{string.Join('\n', difference)}\n" +
            "A new member or call is safe: add its line, marked + here, to the file. A member that is gone leaves the line " +
            $"\"TYPE ID {Retired}\", so that its number is not used again. A new name of a member is safe where its number stays. " +
            "A changed number, type or call breaks a rolling upgrade: add a new member or call instead.");
    }

    [Fact]
    public void Members_Always_HaveNoNumberThatWasRetired()
    {
        string[] retired = [.. Pinned.Where(IsRetired).Select(line => line[..^Retired.Length])];
        Assert.DoesNotContain(WireFormat.Lines(), line => retired.Any(r => line.StartsWith(r, StringComparison.Ordinal)));
    }

    [Fact]
    public void File_Always_NamesNothingTwice() => Assert.Distinct(Pinned);

    private static bool IsRetired(string line) => line.EndsWith(" " + Retired, StringComparison.Ordinal);
}
