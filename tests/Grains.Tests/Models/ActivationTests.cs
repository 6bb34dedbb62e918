using DinOrleans.Contracts.Models;
using DinOrleans.Grains.Models;
using DinOrleans.Storage.Registry;

namespace DinOrleans.Grains.Tests.Models;

/// <summary>State × reports × time, as a table. Silos are written "name serving loaded,… !refused ?failing"; "-" stands for nothing.</summary>
public sealed class ActivationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>States are "active target retiring previous".</summary>
    public static TheoryData<string, string, string[], string, string?> Steps { get; } = new()
    {
        { "nothing was published", "- - - -", ["a - -", "b - -"], "- - - -", null },
        { "first target, no silo has it", "- 1 - -", ["a - -", "b - -"], "- 1 - -", null },
        { "first target, one silo has it", "- 1 - -", ["a - 1", "b - -"], "- 1 - -", null },
        { "first target, all have it", "- 1 - -", ["a - 1", "b - 1"], "1 - - -", null },
        { "first target, one has not reported", "- 1 - -", ["a - 1", "b"], "- 1 - -", null },
        { "nobody is alive", "- 1 - -", [], "- 1 - -", null },
        { "second target, all have it", "1 2 - -", ["a 1 1,2", "b 1 1,2"], "2 - 1 1", null },
        { "moved, one still ranks with the one before", "2 - 1 1", ["a 2 1,2", "b 1 1,2"], "2 - 1 1", null },
        { "moved, all rank with the new one", "2 - 1 1", ["a 2 1,2", "b 2 1,2"], "2 - - 1", null },
        { "moved, one has not reported", "2 - 1 1", ["a 2 1,2", "b"], "2 - 1 1", null },
        { "moved, one cannot load the active one", "2 - 1 1", ["a 2 2", "b - - !2"], "2 - - 1", null },
        { "moved, one is far behind", "2 - 1 1", ["a 2 2", "b 0 0"], "2 - - 1", null },
        { "a target waits for the one before to end", "2 3 1 1", ["a 2 1,2,3", "b 1 1,2,3"], "2 3 1 1", null },
        { "the one before ends and the target moves in one step", "2 3 1 1", ["a 2 1,2,3", "b 2 1,2,3"], "3 - 2 2", null },
        { "going back", "2 1 - 1", ["a 2 1,2"], "1 - 2 2", null },
        { "a silo without the active version does not stop a target it has", "1 2 - -", ["a 1 1,2", "b - 2 !1"], "2 - 1 1", null },
        { "refused by one", "1 2 - -", ["a 1 1,2", "b 1 1 !2"], "1 - - -", "2" },
        { "refused by one while another has not reported", "1 2 - -", ["a 1 1 !2", "b"], "1 - - -", "2" },
        { "refused while the one before has not ended", "2 3 1 1", ["a 1 1,2 !3", "b 2 2"], "2 - 1 1", "3" },
        { "refused by one that is gone", "1 2 - -", ["a 1 1,2", "gone 1 1 !2"], "2 - 1 1", null },
        { "another version is refused", "1 2 - -", ["a 1 1,2 !3"], "2 - 1 1", null },
        { "cannot be read yet", "1 2 - -", ["a 1 1 ?2"], "1 2 - -", null },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void Next_OfEachState_IsAsTheTableSays(string what, string state, string[] silos, string next, string? refused)
    {
        string[] alive = [.. silos.Select(s => s.Split(' ')[0]).Where(s => s != "gone")];
        ActivationStep step = Activation.Next(State(state), Reports(silos), alive.ToHashSet(), Noon, Patience);
        Assert.Equal((what, State(next)), (what, step.State with { TargetSince = step.State.Target is null ? step.State.TargetSince : null }));
        Assert.Equal(refused, step.Refusal?.Version);
    }

    [Theory]
    [InlineData(-60, false)]
    [InlineData(0, false)]
    [InlineData(299, false)]
    [InlineData(300, true)]
    [InlineData(86_400, true)]
    public void Next_TargetThatCannotBeRead_IsGivenUpOnceThePatienceIsOver(int seconds, bool isRefused)
    {
        ModelActivation state = State("1 2 - -") with { TargetSince = Noon };
        ActivationStep step = Activation.Next(state, Reports(["a 1 1,2", "b 1 1 ?2"]), new HashSet<string> { "a", "b" }, Noon.AddSeconds(seconds), Patience);
        Assert.Equal(isRefused ? new VersionRefusal("2", "b", "2 of b") : null, step.Refusal);
        Assert.Equal(isRefused ? State("1 - - -") : state, step.State);
    }

    [Fact]
    public void Next_TargetThatIsOnlySlowToLoad_IsNeverGivenUp()
    {
        ModelActivation state = State("1 2 - -") with { TargetSince = Noon };
        ActivationStep step = Activation.Next(state, Reports(["a 1 1"]), new HashSet<string> { "a" }, Noon.AddDays(1), Patience);
        Assert.Equal(state, step.State);
    }

    [Theory]
    [InlineData("1 - - -", "2", "1 2 - -")]
    [InlineData("1 2 - -", "3", "1 3 - -")]
    [InlineData("1 2 - -", "1", "1 - - -")]
    [InlineData("2 - 1 1", "1", "2 1 1 1")]
    [InlineData("- - - -", "1", "- 1 - -")]
    public void Choose_AVersion_MakesItTheTargetUnlessItIsActive(string state, string version, string next)
    {
        ModelActivation chosen = Activation.Choose(State(state), version, Noon);
        Assert.Equal(State(next) with { TargetSince = chosen.Target is null ? null : Noon }, chosen);
    }

    private static ModelActivation State(string text)
    {
        string?[] parts = [.. text.Split(' ').Select(p => p == "-" ? null : p)];
        return new() { Active = parts[0], Target = parts[1], Retiring = parts[2], Previous = parts[3] };
    }

    private static IEnumerable<SiloModels> Reports(string[] silos)
    {
        foreach (string[] parts in silos.Select(s => s.Split(' ')).Where(p => p.Length > 1))
        {
            Dictionary<string, string> Reasons(char mark) => parts.Where(p => p[0] == mark).ToDictionary(p => p[1..], p => $"{p[1..]} of {parts[0]}");
            string[] loaded = parts[2] == "-" ? [] : parts[2].Split(',');
            yield return new(parts[0], parts[1] == "-" ? null : parts[1], loaded, Reasons('!')) { Failing = Reasons('?') };
        }
    }
}
