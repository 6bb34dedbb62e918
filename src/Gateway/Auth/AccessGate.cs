namespace DinOrleans.Gateway.Auth;

/// <summary>Lets the caller of a request do what an endpoint does, as often as the caller may.</summary>
internal sealed class AccessGate(ICallers callers)
{
    private static readonly Denial OfServers = new("scope", StatusCodes.Status403Forbidden, "This is not for the tokens of users.");

    /// <summary>Finds the caller of a request, and counts the request; or says why it is refused.</summary>
    public ValueTask<Identified> AdmitAsync(HttpContext http, Access access)
    {
        ValueTask<Identified> identified = callers.IdentifyAsync(http);
        return identified.IsCompletedSuccessfully ? new(Judge(identified.Result, access)) : WaitAsync(identified, access);
    }

    private static async ValueTask<Identified> WaitAsync(ValueTask<Identified> identified, Access access) => Judge(await identified, access);

    private static Identified Judge(Identified identified, Access access)
    {
        if (identified.Caller is not { } caller)
        {
            return identified;
        }

        if (caller.Bucket?.TryTake(out TimeSpan wait) == false)
        {
            return new Denial(Denial.Rate, StatusCodes.Status429TooManyRequests, "The caller has sent more requests than it may per second.") { RetryAfter = wait };
        }

        bool isAllowed = caller.UserId is not null ? access.TakesUsers : caller.Scopes.Has(access.Scopes);
        return isAllowed ? identified : access.Scope is { } scope ? Denial.Scope(scope) : OfServers;
    }
}
