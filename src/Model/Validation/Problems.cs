namespace DinOrleans.Model.Validation;

/// <summary>The rules that content breaks, such as "dropout must be 0 to below 1". Methods named <c>Check</c> collect them all before one message says them.</summary>
public sealed class Problems : List<string>
{
    /// <summary>The most rules that a message lists.</summary>
    private const int MostListed = 20;

    /// <summary>Adds a rule unless it holds.</summary>
    /// <param name="holds">True if the content keeps the rule.</param>
    /// <param name="rule">The field and what it must be.</param>
    public void Require(bool holds, string rule)
    {
        if (!holds)
        {
            Add(rule);
        }
    }

    /// <summary>Throws if a rule is broken.</summary>
    /// <param name="subject">What the rules are about, such as "sample shop". The message begins with it.</param>
    /// <exception cref="InvalidContentException">A rule is broken. The message lists the broken rules.</exception>
    public void ThrowIfAny(string subject)
    {
        if (Count > 0)
        {
            throw new InvalidContentException($"{subject}: {this}.");
        }
    }

    /// <summary>The first rules in one text, and how many more there are.</summary>
    public override string ToString() =>
        string.Join("; ", this.Take(MostListed)) + (Count > MostListed ? $"; and {Count - MostListed} more" : "");
}
