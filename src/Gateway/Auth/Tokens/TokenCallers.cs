using System.Security.Claims;
using DinOrleans.Contracts.Validation;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DinOrleans.Gateway.Auth.Tokens;

/// <summary>
/// Finds out who sent a request by its JSON Web Token. A token with scopes of this server is a server's, and may do what they say. One with a
/// subject and without such scopes is that user's, and may send and read the data of that user.
/// </summary>
internal sealed partial class TokenCallers(IOptions<AuthOptions> options, TokenBuckets buckets, ILogger<TokenCallers> logger) : ICallers
{
    private const int MaxNameLength = 200;

    private static readonly Denial Nobody = Denial.Invalid("The token names nobody: it needs the claim sub or client_id, of 1 to 200 characters.");
    private static readonly Denial NotNow = Denial.Unavailable("The identity provider cannot be asked for its keys, so no token can be checked now.");

    private readonly ILogger _logger = logger;
    private readonly JsonWebTokenHandler _tokens = new() { MapInboundClaims = false };
    private readonly Lazy<TokenValidationParameters> _rules = new(() => TokenRules.Make(options.Value));
    private volatile bool _isProviderAway;

    public ValueTask<Identified> IdentifyAsync(HttpContext http) =>
        BearerHeader.Read(http.Request, out ReadOnlySpan<char> token) is { } denial ? new(denial) : new(IdentifyAsync(token.ToString()));

    private async Task<Identified> IdentifyAsync(string token)
    {
        if (_rules.Value.ConfigurationManager is { } provider && !await IsKnownAsync(provider))
        {
            return NotNow;
        }

        TokenValidationResult result = await _tokens.ValidateTokenAsync(token, _rules.Value);
        return result.IsValid ? Read(result.ClaimsIdentity) : Refuse(result.Exception);
    }

    /// <summary>True where the provider has told its keys, of which it keeps the last ones while it cannot be asked again.</summary>
    private async Task<bool> IsKnownAsync(BaseConfigurationManager provider)
    {
        try
        {
            await provider.GetBaseConfigurationAsync(CancellationToken.None);
            _isProviderAway = false;
            return true;
        }
        catch (Exception e)
        {
            if (!_isProviderAway)
            {
                _isProviderAway = true;
                LogNoProvider(e.Message);
            }

            return false;
        }
    }

    private Identified Read(ClaimsIdentity claims)
    {
        string? subject = claims.FindFirst(JwtRegisteredClaimNames.Sub)?.Value;
        string? client = claims.FindFirst("client_id")?.Value ?? claims.FindFirst(JwtRegisteredClaimNames.Azp)?.Value;
        ScopeSet scopes = ScopeSet.Of(claims.FindAll(options.Value.ScopeClaim).SelectMany(c => c.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        if (scopes.IsEmpty && subject is not null)
        {
            return UserRules.CheckId(subject).Listed.Count > 0 ? Nobody : new Caller("a user", scopes) { UserId = subject, Bucket = buckets.Of("user " + subject) };
        }

        return (client ?? subject) is not { Length: > 0 and <= MaxNameLength } name || name.Any(char.IsControl)
            ? Nobody
            : new Caller($"token of {name}", scopes) { Bucket = buckets.Of("client " + name) };
    }

    private static Denial Refuse(Exception cause) => Denial.Invalid(cause switch
    {
        SecurityTokenExpiredException => "The token has expired.",
        SecurityTokenNotYetValidException => "The token is not valid yet.",
        SecurityTokenInvalidIssuerException => $"The token is of another issuer than {AuthOptions.Section}:{nameof(AuthOptions.Issuer)}.",
        SecurityTokenInvalidAudienceException => $"The token is for another audience than {AuthOptions.Section}:{nameof(AuthOptions.Audience)}.",
        SecurityTokenNoExpirationException => "The token must have an expiry.",
        SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidAlgorithmException =>
            "The token is not signed by a key that this server trusts, or with an algorithm that it does not take.",
        _ => "The token is not a JSON Web Token that can be read.",
    });

    [LoggerMessage(EventId = 213, Level = LogLevel.Warning, Message = "The keys of the identity provider cannot be read: {Reason}")]
    private partial void LogNoProvider(string reason);
}
