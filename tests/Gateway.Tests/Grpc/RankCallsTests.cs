using System.IO.Compression;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.TestMachine;
using Google.Protobuf;
using Grpc.Core;

namespace DinOrleans.Gateway.Tests.Grpc;

[Collection(GatewayCollection.Name)]
public sealed class RankCallsTests(GatewayFixture gateway, RpcFixture fixture) : IClassFixture<RpcFixture>
{
    private static readonly string Long = new('x', 201);

    private readonly RpcGateway _rpc = fixture.Rpc;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Broken => new()
    {
        { """{"candidates":[{"itemId":"i1"}]}""", "user_id must be 1 to 200 characters" },
        { $$"""{"userId":"{{Long}}","candidates":[{"itemId":"i1"}]}""", "user_id must be 1 to 200 characters" },
        { """{"userId":"a\u0007b","candidates":[{"itemId":"i1"}]}""", "user_id must not hold control characters" },
        { """{"userId":"..","candidates":[{"itemId":"i1"}]}""", "user_id must not be \".\" or \"..\"" },
        { """{"userId":"u"}""", "candidates must be 1 to 1,000 items" },
        { $$"""{"userId":"u","candidates":[{{Many(1001)}}]}""", "candidates must be 1 to 1,000 items" },
        { """{"userId":"u","candidates":[{"itemId":"a"},{}]}""", "candidates[1].item_id must be 1 to 200 characters" },
        { """{"userId":"u","candidates":[{"itemId":"a"},{"itemId":"b"},{"itemId":"a"}]}""", "candidates[2].item_id must occur once" },
        { """{"userId":"u","candidates":[{"itemId":"a"}],"context":{"os.itemId":"ios"}}""", "context.os.itemId is not a feature; the known features are device, hour" },
        { """{"userId":"u","candidates":[{"itemId":"a"}],"context":{"hour":"noon"}}""", "context.hour must be a finite number from -3.4e38 to 3.4e38" },
        { """{"userId":"u","candidates":[{"itemId":"a"}],"limit":0}""", "limit must be 1 to 1,000" },
        { """{"userId":"u","candidates":[{"itemId":"a"}],"limit":-1}""", "limit must be 1 to 1,000" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Rank_OneRuleBroken_NamesFieldAndRule(string json, string expected)
    {
        RpcException failure = await FailsAsync(V1.RankRequest.Parser.ParseJson(json));
        Assert.Equal(StatusCode.InvalidArgument, failure.StatusCode);
        Assert.Equal([expected], failure.Broken());
        Assert.Equal($"The input breaks rules; nothing of it was applied. {expected}", failure.Status.Detail);
    }

    [Fact]
    public async Task Rank_ManyRulesBroken_ListsThoseThatFitAndCountsTheOthers()
    {
        var request = new V1.RankRequest { UserId = "u" };
        request.Candidates.AddRange(Enumerable.Range(0, 1000).Select(_ => new V1.Candidate { ItemId = Long }));
        RpcException failure = await FailsAsync(request);
        Assert.InRange(failure.Broken().Length, 30, 99);
        Assert.EndsWith("candidates[0].item_id must be 1 to 200 characters; and 1,998 more", failure.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rank_Valid_AsksTheUsersGrainAsRestDoesAndAnswersTheSame()
    {
        V1.RankResponse answer = await _rpc.Client.RankAsync(V1.RankRequest.Parser.ParseJson(
            """{"userId":"Ü/rpc","candidates":[{"itemId":"i1"},{"itemId":"unknown 商品"}],"context":{"device":"ios","hour":"13"},"limit":2,"background":true}"""));
        Assert.Equal(
            V1.RankResponse.Parser.ParseJson("""
            {"rankingId":"r1","source":"SOURCE_MODEL","model":{"version":"v2","variant":"champion","scoresAreProbabilities":true},"historyLength":2,"tasks":["click","buy"],"items":[
            {"itemId":"i1","score":0.5,"scores":[0.5,0.25]},{"itemId":"unknown 商品","score":0.375,"scores":[0.375,0.25],"unknownItem":true}]}
            """),
            answer);
        RankQuery query = gateway.Script.Queries["Ü/rpc"];
        Assert.Equal(["i1", "unknown 商品"], query.Candidates);
        Assert.Equal(("ios", "13", 2), (query.Context["device"], query.Context["hour"], query.Context.Count));
        Assert.Equal((2, false, true, null), (query.Limit, query.Explain, query.Background, query.TimeLeft));
    }

    [Fact]
    public async Task Rank_Explained_GivesEachBehaviourItsWeight()
    {
        V1.RankResponse answer = await _rpc.Client.RankAsync(new() { UserId = "rpc explained", Candidates = { new V1.Candidate { ItemId = "i1" } }, Explain = true });
        Assert.Equal(["i7", "i8"], answer.History.Select(b => b.ItemId));
        Assert.Equal(ShopScript.Noon, answer.History[0].Timestamp.ToDateTimeOffset());
        Assert.Equal([0.75f, -0.25f], answer.Items[0].Attention);
    }

    [Fact]
    public async Task Rank_OfAnExperimentWithUnavailableItems_SaysSo()
    {
        Ranking ranking = ShopScript.ModelRanking(new RankQuery { Candidates = ["i1"] });
        gateway.Script.Rankings["rpc split"] = ranking with { Experiment = "split", Variant = "new", UnavailableItems = ["i9"] };
        V1.RankResponse answer = await RankAsync("rpc split");
        Assert.Equal(("split", "new"), (answer.Model.Experiment, answer.Model.Variant));
        Assert.Equal(["i9"], answer.UnavailableItems);
    }

    [Fact]
    public async Task Rank_ByPopularity_NamesNoModel()
    {
        gateway.Script.Rankings["rpc popular"] = new Ranking
        {
            RankingId = "r2",
            Source = RankingSource.Popularity,
            HistoryLength = 0,
            Tasks = [],
            Items = [new RankedItem { ItemId = "i1", Score = 0.5f, Scores = default }],
        };
        V1.RankResponse answer = await RankAsync("rpc popular");
        Assert.Equal((V1.Source.Popularity, null), (answer.Source, answer.Model));
    }

    [Fact]
    public async Task Rank_AskingForAnArmWithoutTheRight_IsRefused()
    {
        RpcException failure = await FailsAsync(Request("u"), new Metadata { { "X-Experiment-Override", "split=new" } });
        Assert.Equal(["X-Experiment-Override needs the scope experiments, or Gateway:ExperimentOverrides where Auth:Mode is Open"], failure.Broken());
    }

    [Theory]
    [InlineData("30000m", 30_000)]
    [InlineData("45S", 45_000)]
    [InlineData("3H", 60_000)]
    public async Task Rank_WithADeadline_TellsTheGrainWhatIsLeft(string timeout, int milliseconds)
    {
        string user = "rpc deadline " + timeout;
        Assert.Equal((StatusCode.OK, ""), await _rpc.Client.SendAsync("Rank", RpcClient.Framed(Request(user).ToByteArray()), ("grpc-timeout", timeout)));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), gateway.Script.Queries[user].TimeLeft);
    }

    [Fact]
    public async Task Rank_WithNoTimeLeft_DoesNotReachTheGrain()
    {
        Assert.Equal(StatusCode.DeadlineExceeded, (await _rpc.Client.SendAsync("Rank", RpcClient.Framed(Request("rpc no time").ToByteArray()), ("grpc-timeout", "1n"))).Code);
        Assert.False(gateway.Script.Queries.ContainsKey("rpc no time"));
    }

    [Fact]
    public async Task Rank_GrainDoesNotAnswerByTheDeadline_IsDeadlineExceeded()
    {
        TaskCompletionSource reached = gateway.Script.Hangs["rpc hangs"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<(StatusCode Code, string Message)> answer = _rpc.Client.SendAsync("Rank", RpcClient.Framed(Request("rpc hangs").ToByteArray()), ("grpc-timeout", "50S"));
        await reached.Task.WaitAsync(Eventually.Timeout, Cancellation);
        _rpc.Gateway.Time.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal((StatusCode.DeadlineExceeded, "The deadline passed before the ranking was made."), await answer);
        await CancelledAsync("rpc hangs");
    }

    [Fact]
    public async Task Rank_WithoutADeadlineAndNoAnswerFromTheCluster_IsUnavailableAndSaysWhenToTryAgain()
    {
        TaskCompletionSource reached = gateway.Script.Hangs["rpc frozen"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<RpcException> answer = FailsAsync(Request("rpc frozen"));
        await reached.Task.WaitAsync(Eventually.Timeout, Cancellation);
        _rpc.Gateway.Time.Advance(TimeSpan.FromSeconds(5));
        RpcException failure = await answer;
        Assert.Equal((StatusCode.Unavailable, TimeSpan.FromSeconds(1)), (failure.StatusCode, failure.RetryAfter()));
    }

    [Fact]
    public async Task Rank_CallerGoesAway_CancelsTheGrainAndLogsNothing()
    {
        TaskCompletionSource reached = gateway.Script.Hangs["rpc leaves"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int lines = Warnings();
        using var leaves = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task<V1.RankResponse> answer = _rpc.Client.RankAsync(Request("rpc leaves"), cancellation: leaves.Token);
        await reached.Task.WaitAsync(Eventually.Timeout, Cancellation);
        await leaves.CancelAsync();
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => answer)).StatusCode);
        await CancelledAsync("rpc leaves");
        Assert.Equal(lines, Warnings());
    }

    [Fact]
    public async Task Rank_MoreThanTheGatewayTakesAtATime_IsRefusedAtOnceAndTakenAgainAfterwards()
    {
        await using RpcGateway narrow = await RpcGateway.StartAsync(gateway, ("Gateway:MaxConcurrentRankings", "1"));
        TaskCompletionSource reached = gateway.Script.Hangs["rpc in hand"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<V1.RankResponse> inHand = narrow.Client.RankAsync(Request("rpc in hand"));
        await reached.Task.WaitAsync(Eventually.Timeout, Cancellation);

        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => narrow.Client.RankAsync(Request("rpc one more")));
        Assert.Equal((StatusCode.ResourceExhausted, TimeSpan.FromSeconds(1)), (refused.StatusCode, refused.RetryAfter()));
        Assert.Equal("The gateway has as many rankings in hand as it takes at a time.", refused.Status.Detail);
        Assert.False(gateway.Script.Queries.ContainsKey("rpc one more"));

        narrow.Gateway.Time.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<RpcException>(() => inHand);
        Assert.Equal("r1", (await narrow.Client.RankAsync(Request("rpc one more"))).RankingId);
    }

    [Fact]
    public async Task Rank_OfWhatIsNotAMessage_SaysSo()
    {
        const string Rule = "The input breaks rules; nothing of it was applied. $ must be a message of the type RankRequest, whose texts are valid UTF-8";
        Assert.Equal((StatusCode.InvalidArgument, Rule), await _rpc.Client.SendAsync("Rank", RpcClient.Framed([0xff, 0xff])));
        Assert.Equal((StatusCode.InvalidArgument, Rule), await _rpc.Client.SendAsync("Rank", RpcClient.Framed([0x0a, 0x01, 0xc3])));
    }

    [Fact]
    public async Task Rank_NotFramedAsGrpcSays_IsRefused()
    {
        byte[] message = Request("rpc framed").ToByteArray();
        Assert.NotEqual(StatusCode.OK, (await _rpc.Client.SendAsync("Rank", new ByteArrayContent([]))).Code);
        Assert.NotEqual(StatusCode.OK, (await _rpc.Client.SendAsync("Rank", new ByteArrayContent([0, 0, 0, 0, 9, 1]))).Code);
        Assert.NotEqual(StatusCode.OK, (await _rpc.Client.SendAsync("Rank", new ByteArrayContent([0, 0xff, 0xff, 0xff, 0xff]))).Code);
        Assert.NotEqual(StatusCode.OK, (await _rpc.Client.SendAsync("Rank", RpcClient.Framed(message, flag: 7))).Code);
        Assert.False(gateway.Script.Queries.ContainsKey("rpc framed"));
    }

    [Fact]
    public async Task Rank_Compressed_IsAnsweredUnlessItIsTooLarge()
    {
        Assert.Equal(StatusCode.OK, (await SendCompressedAsync(Request("rpc compressed").ToByteArray())).Code);
        Assert.True(gateway.Script.Queries.ContainsKey("rpc compressed"));
        (StatusCode code, string message) = await SendCompressedAsync(new byte[8 << 20]);
        Assert.Equal((StatusCode.ResourceExhausted, "A message must be at most 1,048,576 bytes when it is decompressed."), (code, message));
    }

    [Fact]
    public async Task Rank_LargerThanBodiesMayBe_IsRefused()
    {
        (StatusCode code, _) = await _rpc.Client.SendAsync("Rank", RpcClient.Framed(new byte[(1 << 20) + 1]));
        Assert.Equal(StatusCode.ResourceExhausted, code);
    }

    private static string Many(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $$"""{"itemId":"i{{i}}"}"""));

    private static V1.RankRequest Request(string user) => new() { UserId = user, Candidates = { new V1.Candidate { ItemId = "i1" } } };

    private Task<V1.RankResponse> RankAsync(string user) => _rpc.Client.RankAsync(Request(user));

    private Task<RpcException> FailsAsync(V1.RankRequest request, Metadata? headers = null) => Assert.ThrowsAsync<RpcException>(() => _rpc.Client.RankAsync(request, headers));

    private Task<(StatusCode Code, string Message)> SendCompressedAsync(byte[] message)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(message);
        }

        return _rpc.Client.SendAsync("Rank", RpcClient.Framed(compressed.ToArray(), flag: 1), ("grpc-encoding", "gzip"));
    }

    private Task<string> CancelledAsync(string user) => Eventually.BecomesAsync(
        $"the call for {user} is cancelled",
        () => gateway.Script.Cancelled.Reader.ReadAsync(Cancellation).AsTask(),
        cancelled => cancelled == user,
        cancellationToken: Cancellation);

    private int Warnings() => _rpc.Gateway.Logs.Lines.Count(line =>
        line.StartsWith("POST /dinorleans", StringComparison.Ordinal)
        && (line.Contains(" failed", StringComparison.Ordinal) || line.Contains(" was answered 503", StringComparison.Ordinal)));
}
