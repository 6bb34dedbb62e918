using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace DinOrleans.Gateway.Tests.Auth;

/// <summary>An identity provider's key, and tokens that are signed with it.</summary>
public sealed class TokenMaker : IDisposable
{
    public const string Issuer = "https://id.example";
    public const string Audience = "dinorleans";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TokenMaker()
    {
        JsonWebKey jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ECDsa.Create(_key.ExportParameters(includePrivateParameters: false))) { KeyId = "k1" });
        File.WriteAllText(KeysFile, $$"""{"keys":[{"kty":"EC","crv":"P-256","use":"sig","kid":"k1","x":"{{jwk.X}}","y":"{{jwk.Y}}"}]}""");
    }

    /// <summary>The file with the provider's public key.</summary>
    public string KeysFile { get; } = Path.GetTempFileName();

    /// <summary>The settings of a gateway that trusts the provider.</summary>
    public (string, string)[] Settings => [("Auth:Mode", "Jwt"), ("Auth:Issuer", Issuer), ("Auth:Audience", Audience), ("Auth:SigningKeysFile", KeysFile)];

    /// <summary>A token of an hour.</summary>
    public string Make(params (string Name, object Value)[] claims) => Make(_ => { }, claims);

    public string Make(Action<SecurityTokenDescriptor> change, params (string Name, object Value)[] claims)
    {
        var token = new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            Expires = DateTime.UtcNow.AddHours(1),
            Claims = claims.ToDictionary(c => c.Name, c => c.Value),
            SigningCredentials = new(new ECDsaSecurityKey(_key) { KeyId = "k1" }, SecurityAlgorithms.EcdsaSha256),
        };
        change(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    public void Dispose()
    {
        _key.Dispose();
        File.Delete(KeysFile);
    }
}
