using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Profiles;

namespace DinOrleans.Storage.Tests.Profiles;

/// <summary>What every profile store promises.</summary>
public abstract class ProfileStoreTests : StoreTests
{
    private IProfileStore Profiles => Store<IProfileStore>();

    [Fact]
    public async Task GetAsync_UnknownUser_IsNull() => Assert.Null(await Profiles.GetAsync("nobody", Cancellation));

    [Fact]
    public async Task PutAsync_Twice_ReplacesTheProfile()
    {
        await Profiles.PutAsync([Profile("ü💥'\"", "30-39")], Cancellation);
        await Profiles.PutAsync([Profile("ü💥'\"", "40-49")], Cancellation);
        Assert.Equal("40-49", (await Profiles.GetAsync("ü💥'\"", Cancellation))!.Features["age_band"]);
    }

    [Fact]
    public async Task PutAsync_EmptyProfile_IsNoMissingProfile()
    {
        await Profiles.PutAsync([new("u", new UserProfile(Contracts.EmptyFeatures.Instance))], Cancellation);
        Assert.Empty((await Profiles.GetAsync("u", Cancellation))!.Features);
    }

    [Fact]
    public async Task PutAsync_OneProfileThatCannotBeWritten_AppliesNoneOfTheCall()
    {
        await Assert.ThrowsAnyAsync<Exception>(() => Profiles.PutAsync([Profile("u1", "30-39"), new("u2", new UserProfile(null!))], Cancellation));
        Assert.Empty(await Profiles.ReadAllAsync(Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task DeleteAsync_TwiceThenARestart_LeavesTheOthers()
    {
        await Profiles.PutAsync([Profile("u1", "30-39"), Profile("u2", "30-39")], Cancellation);
        await Profiles.DeleteAsync("u1", Cancellation);
        await Profiles.DeleteAsync("u1", Cancellation);
        await RestartAsync();
        Assert.Null(await Profiles.GetAsync("u1", Cancellation));
        Assert.Equal(["u2"], await Profiles.ReadAllAsync(Cancellation).Select(p => p.Key).ToListAsync(Cancellation));
    }

    private static KeyValuePair<string, UserProfile> Profile(string user, string age) =>
        new(user, new UserProfile(new Dictionary<string, string> { ["age_band"] = age }));
}
