using DinOrleans.Contracts.Models;
using DinOrleans.Storage.Registry;

namespace DinOrleans.Grains.Models;

/// <summary>The rules by which a version becomes the active one. They are pure functions. What they decide is stored before it is acted on.</summary>
internal static class Activation
{
    /// <summary>Returns the state after a version was chosen to become active.</summary>
    /// <param name="state">The state now.</param>
    /// <param name="version">The version. Where it is the active one already, the target is given up.</param>
    /// <param name="time">The time now.</param>
    public static ModelActivation Choose(ModelActivation state, string version, DateTimeOffset time) => version == state.Active
        ? state with { Target = null, TargetSince = null }
        : state with { Target = version, TargetSince = time };

    /// <summary>Returns the state that follows from the reports of the silos.</summary>
    /// <param name="state">The state now.</param>
    /// <param name="reports">The last report of each silo.</param>
    /// <param name="alive">The silos that take grains. Reports of other silos do not count.</param>
    /// <param name="time">The time now.</param>
    /// <param name="patience">How long a silo may fail to read the target.</param>
    public static ActivationStep Next(
        ModelActivation state, IEnumerable<SiloModels> reports, IReadOnlySet<string> alive, DateTimeOffset time, TimeSpan patience)
    {
        SiloModels[] living = [.. reports.Where(r => alive.Contains(r.Silo))];
        bool isComplete = living.Length == alive.Count && alive.Count > 0;
        VersionRefusal? refusal = Refusal(state, living, time, patience);
        if (refusal is not null)
        {
            state = state with { Target = null, TargetSince = null };
        }

        // A silo that cannot load the active version does not keep the one before it, because it has no ranking under way with it.
        if (isComplete && living.All(r => r.Serving != state.Retiring))
        {
            state = state with { Retiring = null };
        }

        if (isComplete && state is { Target: { } target, Retiring: null } && living.All(r => r.Loaded.Contains(target)))
        {
            state = new ModelActivation { Active = target, Retiring = state.Active, Previous = state.Active };
        }

        return new(state, refusal);
    }

    private static VersionRefusal? Refusal(ModelActivation state, SiloModels[] living, DateTimeOffset time, TimeSpan patience)
    {
        if (state.Target is not { } target)
        {
            return null;
        }

        bool isOverdue = state.TargetSince is { } since && time - since >= patience;
        foreach (SiloModels report in living)
        {
            if (report.Refused.TryGetValue(target, out string? reason) || (isOverdue && report.Failing.TryGetValue(target, out reason)))
            {
                return new(target, report.Silo, reason);
            }
        }

        return null;
    }
}

/// <summary>A decision of the registry.</summary>
/// <param name="State">The state to store.</param>
/// <param name="Refusal">The target that was given up. Null where none was.</param>
internal sealed record ActivationStep(ModelActivation State, VersionRefusal? Refusal);

/// <summary>A version that a silo cannot serve.</summary>
/// <param name="Version">The version.</param>
/// <param name="Silo">The silo's address.</param>
/// <param name="Reason">The file and what is wrong with it, in words that anyone may see.</param>
internal sealed record VersionRefusal(string Version, string Silo, string Reason);
