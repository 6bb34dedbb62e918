using System.ComponentModel.DataAnnotations;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Cors;

namespace DinOrleans.Gateway.Tests.Auth;

public sealed class AuthOptionsTests
{
    [Fact]
    public void Validate_AsTheyAre_IsFine() => Assert.Empty(Broken(new AuthOptions()));

    [Fact]
    public void Validate_TokensOfAProvider_IsFine() => Assert.Empty(Broken(Tokens()));

    [Fact]
    public void Validate_TokensWithoutAnIssuer_NamesTheSetting() =>
        Assert.Equal("Auth:Issuer must be given where Auth:Mode is Jwt.", Assert.Single(Broken(Tokens(o => o.Issuer = " "))));

    [Fact]
    public void Validate_TokensWithoutAnAudience_NamesTheSetting() =>
        Assert.Equal("Auth:Audience must be given where Auth:Mode is Jwt.", Assert.Single(Broken(Tokens(o => o.Audience = null))));

    [Fact]
    public void Validate_TokensWithoutKeysOrWithTwoPlacesOfThem_NamesBothSettings()
    {
        const string Rule = "Either Auth:Authority or Auth:SigningKeysFile must be given where Auth:Mode is Jwt.";
        Assert.Equal(Rule, Assert.Single(Broken(Tokens(o => o.Authority = null))));
        Assert.Equal(Rule, Assert.Single(Broken(Tokens(o => o.SigningKeysFile = "keys.json"))));
    }

    [Theory]
    [InlineData("http://id.example")]
    [InlineData("id.example")]
    [InlineData("ftp://id.example")]
    public void Validate_AProviderWithoutHttps_NamesTheSetting(string authority) =>
        Assert.Equal($"Auth:Authority is \"{authority}\": it must be an absolute https address.", Assert.Single(Broken(Tokens(o => o.Authority = authority))));

    [Theory]
    [InlineData("https://shop.example", true)]
    [InlineData("http://localhost:5173", true)]
    [InlineData("https://shop.example/", false)]
    [InlineData("https://shop.example/path", false)]
    [InlineData("*", false)]
    [InlineData("shop.example", false)]
    public void Validate_AnOrigin_IsSchemeHostAndPort(string origin, bool isRight)
    {
        IEnumerable<string?> broken = new CorsOptions { Origins = [origin] }.Validate(new(new object())).Select(r => r.ErrorMessage);
        Assert.Equal(isRight ? [] : [$"Cors:Origins:0 is \"{origin}\": it must be an origin such as https://shop.example, without a path."], broken);
    }

    private static AuthOptions Tokens(Action<AuthOptions>? change = null)
    {
        var options = new AuthOptions { Mode = AuthMode.Jwt, Issuer = "i", Audience = "a", Authority = "https://id.example" };
        change?.Invoke(options);
        return options;
    }

    private static IEnumerable<string?> Broken(AuthOptions options) => options.Validate(new ValidationContext(options)).Select(r => r.ErrorMessage);
}
