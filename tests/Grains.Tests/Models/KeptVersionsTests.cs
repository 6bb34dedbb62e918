using DinOrleans.Contracts.Models;
using DinOrleans.Grains.Models;
using DinOrleans.Storage.Registry;

namespace DinOrleans.Grains.Tests.Models;

public sealed class KeptVersionsTests
{
    [Theory]
    [InlineData(9, "")]
    [InlineData(5, "")]
    [InlineData(3, "d e")]
    [InlineData(1, "b c d e")]
    public void Surplus_NoneServes_IsAllButTheNewest(int keep, string surplus) => Assert.Equal(surplus, Surplus(ModelActivation.None, keep));

    [Fact]
    public void Surplus_VersionsThatServeOrAreOnTheirWay_AreKeptHoweverOld()
    {
        Assert.Equal("b c d", Surplus(new() { Active = "e" }, 1));
        Assert.Equal("b c", Surplus(new() { Active = "a", Target = "e", Previous = "d" }, 1));
        Assert.Equal("b c e", Surplus(new() { Active = "a", Retiring = "d" }, 1));
    }

    private static string Surplus(ModelActivation activation, int keep)
    {
        ModelVersionInfo[] versions =
        [
            .. "abcde".Select(v => new ModelVersionInfo { Version = v.ToString(), Kind = "din", PublishedAt = DateTimeOffset.UnixEpoch, Metrics = new Dictionary<string, double>() }),
        ];
        return string.Join(' ', KeptVersions.Surplus(versions, activation, keep));
    }
}
