using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;

namespace DinOrleans.Storage.Tests.Features;

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

    [Fact]
    public async Task AddAsync_UsersWhoHaveAProfileOrWereErased_LeavesThemAsTheyAre()
    {
        await Profiles.AddAsync([Profile("kept", "20-29"), Profile("erased", "20-29"), Profile("changed", "20-29")], Cancellation);
        await Profiles.PutAsync([Profile("changed", "30-39")], Cancellation);
        await Store<IBehaviourLog>().EraseUserAsync("erased", Cancellation);
        await Profiles.DeleteAsync("erased", Cancellation);
        await RestartAsync();

        // The same dataset again, as after its mark was lost, with one user more.
        await Profiles.AddAsync([Profile("kept", "20-29"), Profile("erased", "20-29"), Profile("changed", "20-29"), Profile("new", "20-29")], Cancellation);
        Assert.Equal(
            ["changed 30-39", "kept 20-29", "new 20-29"],
            await Profiles.ReadAllAsync(Cancellation).Select(p => $"{p.Key} {p.Value.Features["age_band"]}").ToListAsync(Cancellation));
    }

    [Fact]
    public async Task PutAsync_AfterAnErasure_IsKept()
    {
        await Store<IBehaviourLog>().EraseUserAsync("u", Cancellation);
        await Profiles.PutAsync([Profile("u", "30-39")], Cancellation);
        Assert.Equal("30-39", (await Profiles.GetAsync("u", Cancellation))!.Features["age_band"]);
    }

    private static KeyValuePair<string, UserProfile> Profile(string user, string age) =>
        new(user, new UserProfile(new Dictionary<string, string> { ["age_band"] = age }));
}
