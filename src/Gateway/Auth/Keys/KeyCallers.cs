namespace DinOrleans.Gateway.Auth.Keys;

/// <summary>Finds out who sent a request by its API key.</summary>
internal sealed class KeyCallers(KeyRing ring, TimeProvider time) : ICallers
{
    private static readonly Denial Malformed = Denial.Invalid("The key does not have the form of an API key, which begins with dok_ and has 60 characters.");
    private static readonly Denial Unknown = Denial.Invalid("The key is not known here.");
    private static readonly Denial Revoked = Denial.Invalid("The key was revoked.");
    private static readonly Denial Expired = Denial.Invalid("The key has expired.");
    private static readonly Denial NotNow = Denial.Unavailable("The cluster has not told this gateway the keys, or too long ago, so no key can be checked now.");

    public ValueTask<Identified> IdentifyAsync(HttpContext http) => new(Identify(http.Request));

    private Identified Identify(HttpRequest request)
    {
        if (BearerHeader.Read(request, out ReadOnlySpan<char> text) is { } denial)
        {
            return denial;
        }

        if (!ApiKeyText.TryRead(text, out ReadOnlySpan<char> id, out ReadOnlySpan<char> secret))
        {
            return Malformed;
        }

        if (!ring.IsKnown)
        {
            return NotNow;
        }

        // A stranger who guesses an id is told no more than one who does not.
        if (ring.Find(id) is not { } key || !key.Matches(secret))
        {
            return Unknown;
        }

        DateTimeOffset now = time.GetUtcNow();
        if (!key.Info.IsUsable(now))
        {
            return key.Info.RevokedAt is null ? Expired : Revoked;
        }

        key.Use(now);
        return key.Caller;
    }
}
