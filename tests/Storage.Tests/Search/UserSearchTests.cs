using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Search;

namespace DinOrleans.Storage.Tests.Search;

/// <summary>What every search for users promises.</summary>
public abstract class UserSearchTests : StoreTests
{
    private IUserSearch Users => Store<IUserSearch>();

    [Fact]
    public async Task FindAsync_ByPrefix_FindsUsersOfEventsAndOfProfilesOnceInOrder()
    {
        await AppendAsync("anna", "ann", "bert", "annabel");
        await Store<IProfileStore>().PutAsync([Profile("anna"), Profile("annika")], Cancellation);
        Assert.Equal(["ann", "anna", "annabel", "annika"], await Users.FindAsync("ann", "", 10, Cancellation));
        Assert.Equal(["annabel", "annika"], await Users.FindAsync("ann", "anna", 10, Cancellation));
        Assert.Equal(["ann", "anna"], await Users.FindAsync("", "", 2, Cancellation));
        Assert.Equal(["ann", "anna"], await Users.FindAsync("ann", "aaa", 2, Cancellation));
        Assert.Empty(await Users.FindAsync("ann", "zzz", 2, Cancellation));
        Assert.Empty(await Users.FindAsync("anz", "", 10, Cancellation));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("'\"")]
    [InlineData("日本💥")]
    public async Task FindAsync_PrefixOfAnyCharacters_FindsOnlyIdsThatBeginSo(string prefix)
    {
        await AppendAsync("plain", prefix + "1", prefix);
        Assert.Equal([prefix, prefix + "1"], await Users.FindAsync(prefix, "", 10, Cancellation));
    }

    [Fact]
    public async Task FindAsync_ErasedUser_IsGoneUntilNewEventsCome()
    {
        await AppendAsync("u1", "u2");
        await Store<IBehaviourLog>().EraseUserAsync("u1", Cancellation);
        Assert.Equal(["u2"], await Users.FindAsync("u", "", 10, Cancellation));
        await Store<IBehaviourLog>().AppendAsync([Event("u1") with { EventId = "later", Timestamp = DateTimeOffset.UtcNow.AddMinutes(20) }], Cancellation);
        Assert.Equal(["u1", "u2"], await Users.FindAsync("u", "", 10, Cancellation));
    }

    [Fact]
    public async Task SampleAsync_MoreThanThereAre_ReturnsEveryUserOnce()
    {
        await AppendAsync("u1", "u2", "u3");
        await Store<IBehaviourLog>().EraseUserAsync("u2", Cancellation);
        Assert.Equal(["u1", "u3"], (await Users.SampleAsync(10, Cancellation)).Order());
        Assert.Single(await Users.SampleAsync(1, Cancellation));
    }

    [Fact]
    public async Task SampleAsync_ManyTimes_BeginsAtDifferentPlaces()
    {
        await AppendAsync([.. Enumerable.Range(0, 20).Select(i => $"u{i}")]);
        HashSet<string> seen = [];
        for (int i = 0; i < 200; i++)
        {
            seen.Add((await Users.SampleAsync(1, Cancellation))[0]);
        }

        Assert.True(seen.Count > 5, $"Only {string.Join(", ", seen)} were found in 200 draws of 20 users.");
    }

    [Fact]
    public async Task SampleAsync_NoUsers_IsEmpty() => Assert.Empty(await Users.SampleAsync(10, Cancellation));

    private static KeyValuePair<string, UserProfile> Profile(string user) => new(user, new UserProfile(new Dictionary<string, string> { ["age"] = "1" }));

    private static BehaviourEvent Event(string user) => new()
    {
        EventId = "e-" + user,
        UserId = user,
        ItemId = "i",
        Type = "click",
        Timestamp = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };

    private Task<AppendResult> AppendAsync(params string[] users) => Store<IBehaviourLog>().AppendAsync([.. users.Select(Event)], Cancellation);
}
