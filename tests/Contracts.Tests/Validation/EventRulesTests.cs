using DinOrleans.Contracts.Users;
using DinOrleans.Contracts.Validation;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Contracts.Tests.Validation;

public sealed class EventRulesTests
{
    private static readonly FakeTimeProvider Time = new(Shop.Now);

    public static TheoryData<BehaviourEvent, string> Broken => new()
    {
        { Shop.Event with { EventId = "" }, "events[1].eventId must be 1 to 200 characters" },
        { Shop.Event with { UserId = null! }, "events[1].userId must be 1 to 200 characters" },
        { Shop.Event with { ItemId = new string('x', 201) }, "events[1].itemId must be 1 to 200 characters" },
        { Shop.Event with { RankingId = "" }, "events[1].rankingId must be 1 to 200 characters" },
        { Shop.Event with { Type = "Click" }, "events[1].type must be one of click, impression" },
        { Shop.Event with { Timestamp = default }, "events[1].timestamp must be given" },
        { Shop.Event with { Timestamp = Shop.Now.AddMinutes(5).AddTicks(1) }, "events[1].timestamp must not lie more than 5 minutes in the future" },
        { Shop.Event with { Timestamp = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(-1) }, "events[1].timestamp must not lie before 2000-01-01" },
        { Shop.Event with { Context = Shop.Features(("os", "x")) }, "events[1].context.os is not a feature; the known features are device, hour" },
        { Shop.Event with { UserId = "\u3000" }, "events[1].userId must not be only white space" },
        { Shop.Event with { UserId = ".." }, "events[1].userId must not be \".\" or \"..\"" },
        { Shop.Event with { Context = Shop.Features(("hour", "1e39")) }, "events[1].context.hour must be a finite number from -3.4e38 to 3.4e38" },
        { Shop.Event with { Context = null! }, "events[1].context must be given" },
        { null!, "events[1] must be given" },
        { Shop.Event with { Context = Shop.Features(("hour", "x")) }, "events[1].context.hour must be a finite number from -3.4e38 to 3.4e38" },
    };

    public static TheoryData<BehaviourEvent> Allowed =>
    [
        Shop.Event with { RankingId = "r" },
        Shop.Event with { Type = "impression" },
        Shop.Event with { Timestamp = Shop.Now.AddMinutes(5) },
        Shop.Event with { Timestamp = Shop.Now.AddMinutes(5).ToOffset(TimeSpan.FromHours(9)) },
        Shop.Event with { Timestamp = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero) },
        Shop.Event with { Context = Shop.Features(("device", "ios"), ("hour", "7")) },
    ];

    [Theory]
    [MemberData(nameof(Broken))]
    public void Check_OneRuleBroken_NamesFieldAndRule(BehaviourEvent second, string expected) =>
        Assert.Equal([expected], Shop.Lines(EventRules.Check([Shop.Event, second], Shop.Schema, Time)));

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Check_AtTheEdgeOfARule_BreaksNothing(BehaviourEvent one) =>
        Assert.Empty(Shop.Lines(EventRules.Check([one], Shop.Schema, Time)));

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void Check_TooFewOrTooManyEvents_NamesTheRule(int count) => Assert.Equal(
        ["events must be 1 to 1,000 events"],
        Shop.Lines(EventRules.Check([.. Enumerable.Repeat(Shop.Event, count)], Shop.Schema, Time)));

    [Fact]
    public void Check_NoList_NamesTheRule() => Assert.Equal(["events must be 1 to 1,000 events"], Shop.Lines(EventRules.Check(null, Shop.Schema, Time)));

    [Fact]
    public void Check_AThousandEvents_BreaksNothing() =>
        Assert.Empty(Shop.Lines(EventRules.Check([.. Enumerable.Repeat(Shop.Event, 1000)], Shop.Schema, Time)));

    [Fact]
    public void Check_SeveralBadEvents_ListsEachByIndex() => Assert.Equal(
        ["events[0].type must be one of click, impression", "events[2].itemId must be 1 to 200 characters"],
        Shop.Lines(EventRules.Check([Shop.Event with { Type = "x" }, Shop.Event, Shop.Event with { ItemId = "" }], Shop.Schema, Time)));

    [Fact]
    public void CheckOfUser_AnotherUsersEvent_NamesIt() => Assert.Equal(
        ["events[1].userId must be the user whose grain is called"],
        Shop.Lines(EventRules.CheckOfUser([Shop.Event, Shop.Event with { UserId = "v" }], "u", Shop.Schema, Time)));
}
