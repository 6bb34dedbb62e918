using System.Net;
using System.Text.Json;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Events;

[Collection(GatewayCollection.Name)]
public sealed class EventsEndpointTests(GatewayFixture gateway)
{
    public static TheoryData<string, string> Broken => new()
    {
        { "{}", "events must be 1 to 1,000 events" },
        { """{"events":[]}""", "events must be 1 to 1,000 events" },
        { $$"""{"events":[{{string.Join(',', Enumerable.Range(0, 1001).Select(i => Event(eventId: $"\"e{i}\"")))}}]}""", "events must be 1 to 1,000 events" },
        { One(Event(eventId: "null")), "events[0].eventId must be 1 to 200 characters" },
        { One(Event(userId: "\" \"")), "events[0].userId must not be only white space" },
        { One(Event(userId: "\"\\u00a0\"")), "events[0].userId must not be only white space" },
        { One(Event(userId: "\".\"")), "events[0].userId must not be \".\" or \"..\"" },
        { One(Event(context: """{"hour":1e39}""")), "events[0].context.hour must be a finite number from -3.4e38 to 3.4e38" },
        { One(Event(userId: "\"\"")), "events[0].userId must be 1 to 200 characters" },
        { One(Event(itemId: $"\"{new string('x', 201)}\"")), "events[0].itemId must be 1 to 200 characters" },
        { One(Event(rankingId: "\"\"")), "events[0].rankingId must be 1 to 200 characters" },
        { One(Event(type: "\"like\"")), "events[0].type must be one of click, impression" },
        { One(Event(type: "null")), "events[0].type must be one of click, impression" },
        { One(Event(timestamp: "null")), "events[0].timestamp must be given" },
        { One(Event(timestamp: "\"2099-01-01T00:00:00Z\"")), "events[0].timestamp must not lie more than 5 minutes in the future" },
        { One(Event(timestamp: "\"1999-12-31T23:59:59Z\"")), "events[0].timestamp must not lie before 2000-01-01" },
        { One(Event(timestamp: "\"2026-01-31T12:00:00\"")), NoTimestamp },
        { One(Event(timestamp: "\"2026-01-31T12:00Z\"")), NoTimestamp },
        { One(Event(timestamp: "\"2026-01-31\"")), NoTimestamp },
        { One(Event(timestamp: "\"2026-02-30T12:00:00Z\"")), NoTimestamp },
        { One(Event(timestamp: "\"yesterday\"")), NoTimestamp },
        { One(Event(timestamp: "1769860800")), NoTimestamp },
        { One(Event(context: """{"os":"ios"}""")), "events[0].context.os is not a feature; the known features are device, hour" },
        { One(Event(context: """{"hour":"x"}""")), "events[0].context.hour must be a finite number from -3.4e38 to 3.4e38" },
        { One(Event(context: "3")), "events[0].context must be a JSON object" },
        { """{"events":[{"event":"e"}]}""", "events[0].event is not a field here" },
        { """{"events":{}}""", "events must be a JSON array" },
    };

    private const string NoTimestamp = "events[0].timestamp must be an RFC 3339 date and time with an offset, for example 2026-01-31T12:00:00Z";

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Append_OneRuleBroken_NamesFieldAndRule(string json, string expected)
    {
        using HttpResponseMessage response = await gateway.PostAsync("/v1/events", json);
        await ProblemAssert.BreaksAsync(response, expected);
    }

    [Fact]
    public async Task Append_GoodAndBadEvents_ListsEveryBadOneAndAppliesNone()
    {
        string json = $$"""{"events":[{{Event(userId: "\"mixed\"")}},{{Event(userId: "\"mixed\"", type: "\"like\"")}},{{Event(userId: "\"mixed 2\"")}},{{Event(userId: "\"mixed\"", itemId: "null", timestamp: "\"soon\"")}}]}""";
        using HttpResponseMessage response = await gateway.PostAsync("/v1/events", json);
        await ProblemAssert.BreaksAsync(response, "events[1].type must be one of click, impression", "events[3].itemId must be 1 to 200 characters", NoTimestamp.Replace("[0]", "[3]", StringComparison.Ordinal));
        Assert.False(gateway.Script.Appended.ContainsKey("mixed"));
        Assert.False(gateway.Script.Appended.ContainsKey("mixed 2"));
    }

    [Fact]
    public async Task Append_EventsOfSeveralUsers_GoToEachGrainInOrderAndAreSummed()
    {
        string json = $$"""{"events":[{{Event("\"e1\"", "\"user a\"")}},{{Event("\"e2\"", "\"user b\"")}},{{Event("\"e3\"", "\"user a\"")}},{{Event("\"e4\"", "\"user a\"")}}]}""";
        JsonElement answer = await gateway.JsonAsync(HttpMethod.Post, "/v1/events", json);
        Assert.Equal("""{"accepted":2,"duplicates":2,"erased":4}""", answer.GetRawText());
        Assert.Equal(["e1", "e3", "e4"], gateway.Script.Appended["user a"].Select(e => e.EventId));
        Assert.Equal(["e2"], gateway.Script.Appended["user b"].Select(e => e.EventId));
    }

    [Fact]
    public async Task Append_AFullEvent_ReachesTheGrainUnchanged()
    {
        string json = One(Event("\"e1\"", "\"whole\"", "\"商品\"", "\"click\"", "\"2026-01-31T13:04:59.25+01:00\"", "\"r1\"", """{"device":"ios","hour":7.5}"""));
        await gateway.JsonAsync(HttpMethod.Post, "/v1/events", json);
        BehaviourEvent sent = Assert.Single(gateway.Script.Appended["whole"]);
        Assert.Equal(("e1", "whole", "商品", "click", "r1"), (sent.EventId, sent.UserId, sent.ItemId, sent.Type, sent.RankingId));
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 4, 59, 250, TimeSpan.Zero), sent.Timestamp);
        Assert.Equal(("ios", "7.5"), (sent.Context["device"], sent.Context["hour"]));
    }

    [Fact]
    public async Task Append_AStoreIsDown_Answers503AndMayBeSentAgain()
    {
        gateway.Script.Failures["no store"] = new StoreUnavailableException("The behaviour log cannot be written.");
        using HttpResponseMessage response = await gateway.PostAsync("/v1/events", One(Event(userId: "\"no store\"")));
        Assert.Empty(await ProblemAssert.IsProblemAsync(response, HttpStatusCode.ServiceUnavailable));
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
    }

    private static string One(string json) => $$"""{"events":[{{json}}]}""";

    private static string Event(
        string eventId = "\"e1\"",
        string userId = "\"u1\"",
        string itemId = "\"i1\"",
        string type = "\"click\"",
        string timestamp = "\"2026-01-31T12:00:00Z\"",
        string rankingId = "null",
        string context = "{}") =>
        $$"""{"eventId":{{eventId}},"userId":{{userId}},"itemId":{{itemId}},"type":{{type}},"timestamp":{{timestamp}},"rankingId":{{rankingId}},"context":{{context}}}""";
}
