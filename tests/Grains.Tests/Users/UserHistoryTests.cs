using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Users;

namespace DinOrleans.Grains.Tests.Users;

public sealed class UserHistoryTests
{
    [Fact]
    public void Add_LateArrival_LandsInItsPlace()
    {
        UserHistory history = Of(10, 1, 2, 4);
        history.Add(At(3));
        Assert.Equal(["e1", "e2", "e3", "e4"], Ids(history));
    }

    [Fact]
    public void Add_SameTime_ComesAfter()
    {
        UserHistory history = Of(10, 1, 2);
        history.Add(At(1) with { EventId = "second" });
        Assert.Equal(["e1", "second", "e2"], Ids(history));
    }

    [Fact]
    public void Add_OneThatIsThere_ChangesNothing()
    {
        UserHistory history = Of(10, 1, 2, 2, 4);
        int revision = history.Revision;
        history.Add(At(2));
        Assert.Equal(["e1", "e2", "e2", "e4"], Ids(history));
        Assert.Equal(revision, history.Revision);
    }

    [Fact]
    public void Add_ToAFullHistory_DropsTheOldest()
    {
        UserHistory history = Of(3, 1, 2, 4);
        history.Add(At(3));
        Assert.Equal(["e2", "e3", "e4"], Ids(history));
    }

    [Fact]
    public void Add_OlderThanAFullHistory_ChangesNothing()
    {
        UserHistory history = Of(3, 2, 3, 4);
        int revision = history.Revision;
        history.Add(At(1));
        Assert.Equal(["e2", "e3", "e4"], Ids(history));
        Assert.Equal(revision, history.Revision);
    }

    [Fact]
    public void Replace_WithMoreThanItHolds_KeepsTheMostRecent() => Assert.Equal(["e3", "e4"], Ids(Of(2, 1, 2, 3, 4)));

    private static UserHistory Of(int capacity, params int[] seconds)
    {
        var history = new UserHistory(capacity);
        history.Replace([.. seconds.Select(At)]);
        return history;
    }

    private static BehaviourEvent At(int second) => new()
    {
        EventId = $"e{second}",
        UserId = "u",
        ItemId = $"i{second}",
        Type = "click",
        Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(second),
    };

    private static IEnumerable<string> Ids(UserHistory history) => history.Events.Select(e => e.EventId);
}
