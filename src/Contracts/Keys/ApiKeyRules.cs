using DinOrleans.Contracts.Validation;

namespace DinOrleans.Contracts.Keys;

/// <summary>The rules of keys.</summary>
public static class ApiKeyRules
{
    /// <summary>The characters of <see cref="NewApiKey.Id"/>.</summary>
    public const int IdLength = 12;

    /// <summary>The bytes of <see cref="NewApiKey.Hash"/>.</summary>
    public const int HashLength = 32;

    /// <summary>The most characters of <see cref="NewApiKey.Note"/>.</summary>
    public const int MaxNote = 200;

    /// <summary>The most keys that work at a time.</summary>
    public const int MaxKeys = 1_000;

    /// <summary>How long a key stays in the list after it has expired or was revoked.</summary>
    public static TimeSpan KeptAfterItsEnd { get; } = TimeSpan.FromDays(90);

    /// <summary>Every broken rule of a key to make; empty where it is valid.</summary>
    /// <param name="key">The key.</param>
    /// <param name="now">The current time.</param>
    public static Violations Check(NewApiKey key, DateTimeOffset now)
    {
        var violations = default(Violations);
        if (!IsId(key.Id))
        {
            violations.Add("id", $"must be {IdLength} lower-case letters and digits");
        }

        if (key.Hash.Length != HashLength)
        {
            violations.Add("hash", $"must be {HashLength} bytes");
        }

        if (string.IsNullOrWhiteSpace(key.Note) || key.Note.Length > MaxNote || key.Note.Any(char.IsControl) || InputRules.CheckFeature(key.Note, isNumeric: false) is not null)
        {
            violations.Add("note", $"must be 1 to {MaxNote} characters of valid Unicode that are not all white space, without control characters");
        }

        if (key.ExpiresAt <= now)
        {
            violations.Add("expiresAt", "must lie in the future");
        }

        violations.Add(CheckScopes(key.Scopes));
        return violations;
    }

    /// <summary>True for a text that can be the id of a key.</summary>
    public static bool IsId(ReadOnlySpan<char> id)
    {
        if (id.Length != IdLength)
        {
            return false;
        }

        foreach (char c in id)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    private static Violations CheckScopes(IReadOnlyList<string>? scopes)
    {
        var violations = default(Violations);
        if (scopes is not { Count: > 0 })
        {
            violations.Add("scopes", $"must have at least one of {string.Join(", ", ApiScopes.All)}");
            return violations;
        }

        for (int i = 0; i < scopes.Count; i++)
        {
            if (!ApiScopes.All.Contains(scopes[i]))
            {
                violations.Add($"scopes[{i}]", $"must be one of {string.Join(", ", ApiScopes.All)}");
            }
            else if (scopes.Take(i).Contains(scopes[i]))
            {
                violations.Add($"scopes[{i}]", "must be given once");
            }
        }

        return violations;
    }
}
