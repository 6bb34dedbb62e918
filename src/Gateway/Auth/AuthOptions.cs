using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Gateway.Auth;

/// <summary>How callers prove what they may do.</summary>
public enum AuthMode
{
    /// <summary>Whoever reaches the port may do everything.</summary>
    Open,

    /// <summary>Callers send an API key, which <c>/v1/keys</c> and <c>dinorleans keys</c> make and revoke.</summary>
    Keys,

    /// <summary>Callers send a JSON Web Token of an identity provider.</summary>
    Jwt,
}

/// <summary>Who may use the REST API, and how often.</summary>
public sealed class AuthOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Auth";

    /// <summary>How callers prove what they may do. Default <see cref="AuthMode.Open"/>, with which a gateway listens on loopback only.</summary>
    [EnumDataType(typeof(AuthMode))]
    public AuthMode Mode { get; set; } = AuthMode.Open;

    /// <summary>
    /// True to let everybody do everything on an address that other machines reach, for a gateway behind a proxy that authenticates. Default false:
    /// such a gateway does not start where <see cref="Mode"/> is <see cref="AuthMode.Open"/>.
    /// </summary>
    public bool AllowOpenOnNetwork { get; set; }

    /// <summary>True to answer <c>/metrics</c> without a key or token. Default false: any key will do, and any token of a server.</summary>
    public bool OpenMetrics { get; set; }

    /// <summary>
    /// How long keys are taken as they were last known while the cluster does not answer, 10 s to 1 day. After that, requests are answered 503.
    /// Default 10 minutes.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:10", "1.00:00:00")]
    public TimeSpan KeysMaxAge { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The requests per second that one key, or the owner of one token, may send to this gateway in the long run, 0.01 to 1,000,000. A request beyond
    /// that is answered 429. There is no such limit by default, and none where <see cref="Mode"/> is <see cref="AuthMode.Open"/>.
    /// </summary>
    [Range(0.01, 1_000_000)]
    public double? RequestsPerSecond { get; set; }

    /// <summary>The requests that a key may send at once after it was idle, 1 to 1,000,000, where <see cref="RequestsPerSecond"/> is set. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int Burst { get; set; } = 100;

    /// <summary>The issuer that tokens must name. It is needed where <see cref="Mode"/> is <see cref="AuthMode.Jwt"/>.</summary>
    public string? Issuer { get; set; }

    /// <summary>The audience that tokens must name. It is needed where <see cref="Mode"/> is <see cref="AuthMode.Jwt"/>.</summary>
    public string? Audience { get; set; }

    /// <summary>
    /// The address of the identity provider, whose document <c>/.well-known/openid-configuration</c> names the keys that tokens are signed with. The
    /// scheme must be https, except on loopback. Either this or <see cref="SigningKeysFile"/> is needed for tokens.
    /// </summary>
    public string? Authority { get; set; }

    /// <summary>A JSON Web Key Set with the public keys that tokens are signed with, for a gateway that cannot reach its identity provider. It is read at the start.</summary>
    public string? SigningKeysFile { get; set; }

    /// <summary>The claim of a token with its scopes, as one text separated by spaces or as a list. Default "scope".</summary>
    [Required]
    public string ScopeClaim { get; set; } = "scope";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mode != AuthMode.Jwt)
        {
            yield break;
        }

        foreach ((string name, string? value) in ((string, string?)[])[(nameof(Issuer), Issuer), (nameof(Audience), Audience)])
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                yield return new ValidationResult($"{Section}:{name} must be given where {Section}:{nameof(Mode)} is {Mode}.", [name]);
            }
        }

        if (string.IsNullOrEmpty(Authority) == string.IsNullOrEmpty(SigningKeysFile))
        {
            yield return new ValidationResult(
                $"Either {Section}:{nameof(Authority)} or {Section}:{nameof(SigningKeysFile)} must be given where {Section}:{nameof(Mode)} is {Mode}.", [nameof(Authority)]);
        }
        else if (Authority is { Length: > 0 } && !IsSafe(Authority))
        {
            yield return new ValidationResult($"{Section}:{nameof(Authority)} is \"{Authority}\": it must be an absolute https address.", [nameof(Authority)]);
        }
    }

    private static bool IsSafe(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback));
}
