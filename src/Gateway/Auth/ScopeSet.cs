using DinOrleans.Contracts.Keys;

namespace DinOrleans.Gateway.Auth;

/// <summary>A set of scopes, as one bit for each of <see cref="ApiScopes.All"/>.</summary>
internal readonly record struct ScopeSet(uint Bits)
{
    /// <summary>Every scope.</summary>
    public static ScopeSet All { get; } = Of(ApiScopes.All);

    /// <summary>True where the set has no scope.</summary>
    public bool IsEmpty => Bits == 0;

    /// <summary>Makes the set of some scopes. Others than those of this build are left out, as a newer process may have made a key with them.</summary>
    public static ScopeSet Of(IEnumerable<string> scopes)
    {
        uint bits = 0;
        foreach (string scope in scopes)
        {
            for (int i = 0; i < ApiScopes.All.Count; i++)
            {
                bits |= ApiScopes.All[i] == scope ? 1u << i : 0;
            }
        }

        return new(bits);
    }

    /// <summary>True where the set has every scope of another one.</summary>
    public bool Has(ScopeSet others) => (Bits & others.Bits) == others.Bits;
}
