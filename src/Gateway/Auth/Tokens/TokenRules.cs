using DinOrleans.Programs.Settings;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace DinOrleans.Gateway.Auth.Tokens;

/// <summary>Makes the rules that tokens are checked by from the settings.</summary>
internal static class TokenRules
{
    private static readonly TimeSpan ClocksDifferBy = TimeSpan.FromSeconds(30);

    /// <summary>Signatures with a public key alone. Others would let whoever checks a token make one, or need no key at all.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <exception cref="SettingException">The file of keys cannot be read.</exception>
    public static TokenValidationParameters Make(AuthOptions options)
    {
        var rules = new TokenValidationParameters
        {
            ValidIssuer = options.Issuer,
            ValidAudience = options.Audience,
            ValidAlgorithms = Algorithms,
            ClockSkew = ClocksDifferBy,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
        };
        if (options.SigningKeysFile is { Length: > 0 } file)
        {
            rules.IssuerSigningKeys = ReadKeys(file);
        }
        else
        {
            string document = options.Authority!.TrimEnd('/') + "/.well-known/openid-configuration";
            rules.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                document, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever { RequireHttps = !new Uri(document).IsLoopback });
        }

        return rules;
    }

    private static IList<SecurityKey> ReadKeys(string file)
    {
        const string Setting = $"{AuthOptions.Section}:{nameof(AuthOptions.SigningKeysFile)}";
        try
        {
            IList<SecurityKey> keys = new JsonWebKeySet(File.ReadAllText(file)).GetSigningKeys();
            return keys.Count > 0 ? keys : throw new SettingException(Setting, file, "must have at least one key that signs");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingException(Setting, file, "must be a JSON Web Key Set that this process can read", e);
        }
    }
}

/// <summary>Ends the start of a gateway whose file of signing keys cannot be used.</summary>
internal sealed class SigningKeysCheck(IOptions<AuthOptions> options) : Programs.Starting.IStartCheck
{
    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Mode == AuthMode.Jwt)
        {
            TokenRules.Make(options.Value);
        }

        return Task.CompletedTask;
    }
}
