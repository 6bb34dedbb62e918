using DinOrleans.Contracts;
using DinOrleans.Contracts.Keys;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.TestMachine;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace DinOrleans.Gateway.Tests.Grpc;

[Collection(GatewayCollection.Name)]
public sealed class AppendCallsTests(GatewayFixture gateway, RpcFixture fixture) : IClassFixture<RpcFixture>
{
    private const string TimestampRule = "must be a google.protobuf.Timestamp from the year 1 to 9999, with nanos from 0 to 999,999,999";

    private readonly RpcGateway _rpc = fixture.Rpc;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Broken => new()
    {
        { "{}", "requests[0].events must be 1 to 1,000 events" },
        { $$"""{"events":[{{string.Join(',', Enumerable.Repeat("{}", 1001))}}]}""", "requests[0].events must be 1 to 1,000 events" },
        { Json(eventId: ""), "requests[0].events[0].event_id must be 1 to 200 characters" },
        { Json(userId: " "), "requests[0].events[0].user_id must not be only white space" },
        { Json(itemId: ""), "requests[0].events[0].item_id must be 1 to 200 characters" },
        { Json(type: "like"), "requests[0].events[0].type must be one of click, impression" },
        { Json(more: ",\"rankingId\":\"\""), "requests[0].events[0].ranking_id must be 1 to 200 characters" },
        { Json(more: ",\"context\":{\"os\":\"x\"}"), "requests[0].events[0].context.os is not a feature; the known features are device, hour" },
        { Json(timestamp: "2099-01-01T00:00:00Z"), "requests[0].events[0].timestamp must not lie more than 5 minutes in the future" },
        { Json(timestamp: "1999-12-31T23:59:59Z"), "requests[0].events[0].timestamp must not lie before 2000-01-01" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Append_OneRuleBroken_NamesFieldAndRule(string json, string expected)
    {
        RpcException failure = await FailsAsync(V1.AppendRequest.Parser.ParseJson(json));
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal([expected], failure.Broken());
        Assert.Equal(new V1.AppendResponse(), failure.Detail<V1.AppendResponse>());
    }

    [Fact]
    public async Task Append_ATimestampThatIsNoMoment_SaysSo()
    {
        Timestamp?[] wrong = [null, new() { Seconds = 1_769_860_800, Nanos = -1 }, new() { Seconds = 1_769_860_800, Nanos = 1_000_000_000 }, new() { Seconds = long.MaxValue }, new() { Seconds = long.MinValue }];
        var request = new V1.AppendRequest();
        request.Events.AddRange(wrong.Select(t => new V1.Event { EventId = "e", UserId = "u", ItemId = "i", Type = "click", Timestamp = t }));
        RpcException failure = await FailsAsync(request);
        Assert.Equal(
            ["requests[0].events[0].timestamp must be given", .. Enumerable.Range(1, 4).Select(i => $"requests[0].events[{i}].timestamp {TimestampRule}")], failure.Broken());
    }

    [Fact]
    public async Task Append_SeveralBatches_GoToEachGrainInOrderAndAreSummed()
    {
        using AsyncClientStreamingCall<V1.AppendRequest, V1.AppendResponse> call = _rpc.Client.Append();
        await call.RequestStream.WriteAsync(Batch(("e1", "rpc a"), ("e2", "rpc b"), ("e3", "rpc a")), Cancellation);
        await call.RequestStream.WriteAsync(Batch(("e4", "rpc c")), Cancellation);
        await call.RequestStream.CompleteAsync();
        Assert.Equal(new V1.AppendResponse { Requests = 2, Accepted = 1, Duplicates = 3, Erased = 6 }, await call.ResponseAsync);
        Assert.Equal(["e1", "e3"], gateway.Script.Appended["rpc a"].Select(e => e.EventId));
        Assert.Equal(["e2"], gateway.Script.Appended["rpc b"].Select(e => e.EventId));
        Assert.Equal(["e4"], gateway.Script.Appended["rpc c"].Select(e => e.EventId));
    }

    [Fact]
    public async Task Append_AFullEvent_ReachesTheGrainUnchanged()
    {
        V1.AppendRequest batch = V1.AppendRequest.Parser.ParseJson(Json(userId: "rpc whole", itemId: "商品", timestamp: "2026-01-31T13:04:59.25+01:00", more: ",\"rankingId\":\"r1\",\"context\":{\"device\":\"ios\",\"hour\":\"7.5\"}"));
        using AsyncClientStreamingCall<V1.AppendRequest, V1.AppendResponse> call = _rpc.Client.Append();
        await call.RequestStream.WriteAsync(batch, Cancellation);
        await call.RequestStream.CompleteAsync();
        await call.ResponseAsync;
        BehaviourEvent sent = Assert.Single(gateway.Script.Appended["rpc whole"]);
        Assert.Equal(("e1", "rpc whole", "商品", "click", "r1"), (sent.EventId, sent.UserId, sent.ItemId, sent.Type, sent.RankingId));
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 12, 4, 59, 250, TimeSpan.Zero), sent.Timestamp);
        Assert.Equal(("ios", "7.5"), (sent.Context["device"], sent.Context["hour"]));
    }

    [Fact]
    public async Task Append_NoBatch_IsAnswered()
    {
        using AsyncClientStreamingCall<V1.AppendRequest, V1.AppendResponse> call = _rpc.Client.Append();
        await call.RequestStream.CompleteAsync();
        Assert.Equal(new V1.AppendResponse(), await call.ResponseAsync);
    }

    [Fact]
    public async Task Append_ABadEventInALaterBatch_NamesItAndWhatIsApplied()
    {
        RpcException failure = await FailsAsync(
            Batch(("e1", "rpc before"), ("e2", "rpc before")), Batch(("e3", "rpc with bad"), ("", "rpc with bad")), Batch(("e4", "rpc after")));
        Assert.Equal(["requests[1].events[1].event_id must be 1 to 200 characters"], failure.Broken());
        Assert.Equal(
            "The input breaks rules; nothing of it was applied. The batches before it are on disk. requests[1].events[1].event_id must be 1 to 200 characters", failure.Status.Detail);
        Assert.Equal(new V1.AppendResponse { Requests = 1, Accepted = 1, Duplicates = 1, Erased = 2 }, failure.Detail<V1.AppendResponse>());
        Assert.True(gateway.Script.Appended.ContainsKey("rpc before"));
        Assert.False(gateway.Script.Appended.ContainsKey("rpc with bad"));
        Assert.False(gateway.Script.Appended.ContainsKey("rpc after"));
    }

    [Fact]
    public async Task Append_AStoreIsDown_IsUnavailableAndSaysWhatIsApplied()
    {
        gateway.Script.Failures["rpc no store"] = new StoreUnavailableException("The behaviour log cannot be written.");
        RpcException failure = await FailsAsync(Batch(("e1", "rpc stored")), Batch(("e2", "rpc no store")));
        Assert.Equal((StatusCode.Unavailable, TimeSpan.FromSeconds(1)), (failure.StatusCode, failure.RetryAfter()));
        Assert.Equal(1, failure.Detail<V1.AppendResponse>()!.Requests);
    }

    [Fact]
    public async Task Append_OfWhatIsNotAMessage_SaysSo()
    {
        Assert.Equal(
            (StatusCode.InvalidArgument, "The input breaks rules; nothing of it was applied. requests[0] must be a message of the type AppendRequest, whose texts are valid UTF-8"),
            await _rpc.Client.SendAsync("Append", RpcClient.Framed([0xff, 0xff])));
        Assert.Equal(
            (StatusCode.InvalidArgument, "The input breaks rules; nothing of it was applied. requests[0] must be framed and compressed as gRPC says"),
            await _rpc.Client.SendAsync("Append", RpcClient.Framed([1, 2, 3], flag: 7)));
        Assert.Equal(StatusCode.ResourceExhausted, (await _rpc.Client.SendAsync("Append", RpcClient.Framed(new byte[(1 << 20) + 1]))).Code);
    }

    [Fact]
    public async Task Append_TheNextBatchDoesNotCome_EndsTheCallAndSaysWhatIsApplied()
    {
        await using RpcGateway rpc = await RpcGateway.StartAsync(gateway);
        using AsyncClientStreamingCall<V1.AppendRequest, V1.AppendResponse> call = rpc.Client.Append();
        await call.RequestStream.WriteAsync(Batch(("e1", "rpc slow")), Cancellation);
        await Eventually.BecomesAsync("the first batch is applied", () => gateway.Script.Appended.ContainsKey("rpc slow"), applied => applied, cancellationToken: Cancellation);
        await Eventually.BecomesAsync(
            "the call has ended",
            () =>
            {
                // The clock of a batch starts when the one before is on disk, which cannot be seen from here.
                rpc.Gateway.Time.Advance(TimeSpan.FromSeconds(10));
                return call.ResponseAsync.IsCompleted;
            },
            ended => ended,
            cancellationToken: Cancellation);
        RpcException failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal((StatusCode.DeadlineExceeded, "The next message must arrive within 10 seconds. The batches before it are on disk."), (failure.StatusCode, failure.Status.Detail));
        Assert.Equal(1, failure.Detail<V1.AppendResponse>()!.Requests);
    }

    [Fact]
    public async Task Append_BeyondTheBytesInHand_IsRefused()
    {
        await using RpcGateway narrow = await RpcGateway.StartAsync(gateway, ("Gateway:MaxWriteBytesInHand", "1048576"), ("Gateway:MaxItemsBodyBytes", "1048576"));
        TaskCompletionSource reached = gateway.Script.Hangs["rpc writes"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using AsyncClientStreamingCall<V1.AppendRequest, V1.AppendResponse> inHand = narrow.Client.Append();
        await inHand.RequestStream.WriteAsync(Large("rpc writes"), Cancellation);
        await reached.Task.WaitAsync(Eventually.Timeout, Cancellation);

        using AsyncClientStreamingCall<V1.AppendRequest, V1.AppendResponse> refused = narrow.Client.Append();
        await refused.RequestStream.WriteAsync(Large("rpc waits"), Cancellation);
        RpcException failure = await Assert.ThrowsAsync<RpcException>(() => refused.ResponseAsync);
        Assert.Equal((StatusCode.ResourceExhausted, TimeSpan.FromSeconds(1)), (failure.StatusCode, failure.RetryAfter()));
        Assert.False(gateway.Script.Appended.ContainsKey("rpc waits"));
    }

    [Fact]
    public async Task Append_TheKeyIsRevokedMeanwhile_EndsTheCall()
    {
        await using RpcGateway rpc = await RpcGateway.StartAsync(gateway, ("Auth:Mode", "Keys"));
        string key = await rpc.Gateway.AddKeyAsync(ApiScopes.Events);
        using AsyncClientStreamingCall<V1.AppendRequest, V1.AppendResponse> call = rpc.Client.Append(RpcClient.Key(key));
        await call.RequestStream.WriteAsync(Batch(("e1", "rpc keyed")), Cancellation);
        await Eventually.BecomesAsync("the first batch is applied", () => gateway.Script.Appended.ContainsKey("rpc keyed"), applied => applied, cancellationToken: Cancellation);
        await gateway.Grains.GetGrain<IApiKeysGrain>(0).RevokeAsync(key[4..16], Cancellation);
        await rpc.Gateway.FollowAsync();
        await call.RequestStream.WriteAsync(Batch(("e2", "rpc revoked")), Cancellation);
        RpcException failure = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal((StatusCode.Unauthenticated, "The key was revoked. The batches before it are on disk."), (failure.StatusCode, failure.Status.Detail));
        Assert.False(gateway.Script.Appended.ContainsKey("rpc revoked"));
    }

    [Fact]
    public async Task Append_MoreBatchesThanTheKeyMaySendPerSecond_AreSlowedDown()
    {
        await using RpcGateway rpc = await RpcGateway.StartAsync(gateway, ("Auth:Mode", "Keys"), ("Auth:RequestsPerSecond", "1"), ("Auth:Burst", "2"), ("Gateway:BodyTimeout", "00:10:00"));
        string key = await rpc.Gateway.AddKeyAsync(ApiScopes.Events);
        using AsyncClientStreamingCall<V1.AppendRequest, V1.AppendResponse> call = rpc.Client.Append(RpcClient.Key(key));
        foreach (string user in (string[])["rate 1", "rate 2", "rate 3"])
        {
            await call.RequestStream.WriteAsync(Batch(("e", "rpc " + user)), Cancellation);
        }

        await call.RequestStream.CompleteAsync();
        await Eventually.BecomesAsync("what the key may send at once is applied", () => gateway.Script.Appended.ContainsKey("rpc rate 2"), applied => applied, cancellationToken: Cancellation);

        RpcException other = await Assert.ThrowsAsync<RpcException>(() => rpc.Client.Append(RpcClient.Key(key)).ResponseAsync);
        Assert.Equal((StatusCode.ResourceExhausted, TimeSpan.FromSeconds(1)), (other.StatusCode, other.RetryAfter()));

        await Eventually.BecomesAsync(
            "the call has ended",
            () =>
            {
                rpc.Gateway.Time.Advance(TimeSpan.FromSeconds(1));
                return call.ResponseAsync.IsCompleted;
            },
            ended => ended,
            cancellationToken: Cancellation);
        Assert.Equal(3, (await call.ResponseAsync).Requests);
    }

    [Fact]
    public async Task Append_CallerGoesAway_CancelsTheGrain()
    {
        TaskCompletionSource reached = gateway.Script.Hangs["rpc append leaves"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using (AsyncClientStreamingCall<V1.AppendRequest, V1.AppendResponse> call = _rpc.Client.Append())
        {
            await call.RequestStream.WriteAsync(Batch(("e1", "rpc append leaves")), Cancellation);
            await reached.Task.WaitAsync(Eventually.Timeout, Cancellation);
        }

        await Eventually.BecomesAsync(
            "the call is cancelled",
            () => gateway.Script.Cancelled.Reader.ReadAsync(Cancellation).AsTask(),
            user => user == "rpc append leaves",
            cancellationToken: Cancellation);
    }

    private static V1.AppendRequest Batch(params (string EventId, string UserId)[] events) => new()
    {
        Events = { events.Select(e => new V1.Event { EventId = e.EventId, UserId = e.UserId, ItemId = "i1", Type = "click", Timestamp = ShopScript.Noon.ToTimestamp() }) },
    };

    /// <summary>A batch that is valid and takes 700,000 bytes, most of them of a field that a later build may have.</summary>
    private static V1.AppendRequest Large(string user)
    {
        using var bytes = new MemoryStream();
        Batch(("e1", user)).WriteTo(bytes);
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            output.WriteTag(1000, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(new byte[700_000]));
        }

        return V1.AppendRequest.Parser.ParseFrom(bytes.ToArray());
    }

    private async Task<RpcException> FailsAsync(params V1.AppendRequest[] batches)
    {
        using AsyncClientStreamingCall<V1.AppendRequest, V1.AppendResponse> call = _rpc.Client.Append();
        try
        {
            foreach (V1.AppendRequest batch in batches)
            {
                await call.RequestStream.WriteAsync(batch, Cancellation);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // The call may end while it is still sent. The answer says why.
        }

        return await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
    }

    private static string Json(
        string eventId = "e1", string userId = "u1", string itemId = "i1", string type = "click", string timestamp = "2026-01-31T12:00:00Z", string more = "") =>
        $$"""{"events":[{"eventId":"{{eventId}}","userId":"{{userId}}","itemId":"{{itemId}}","type":"{{type}}","timestamp":"{{timestamp}}"{{more}}}]}""";
}
