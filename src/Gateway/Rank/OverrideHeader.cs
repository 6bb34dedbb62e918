using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using Microsoft.Extensions.Primitives;

namespace DinOrleans.Gateway.Rank;

/// <summary>Asks for an arm of an experiment instead of the user's own, as "experiment=arm".</summary>
internal static class OverrideHeader
{
    public const string Name = "X-Experiment-Override";

    private static readonly Violation NotAllowed = new(Name, "needs the scope experiments, or Gateway:ExperimentOverrides where Auth:Mode is Open");
    private static readonly Violation Malformed = new(Name, "must be an experiment and an arm, for example \"rollout.v2=new\"");

    /// <summary>Reads the arm. It is null if the header is missing or breaks a rule. The broken rule is then in the other value.</summary>
    public static ArmReference? Read(IHeaderDictionary headers, bool isAllowed, out Violation? violation)
    {
        violation = null;
        if (!headers.TryGetValue(Name, out StringValues text))
        {
            return null;
        }

        if (!isAllowed)
        {
            violation = NotAllowed;
            return null;
        }

        string[] parts = text.ToString().Split('=');
        if (parts is [{ Length: > 0 and <= 64 } experiment, { Length: > 0 and <= 64 } arm])
        {
            return new(experiment, arm);
        }

        violation = Malformed;
        return null;
    }
}
