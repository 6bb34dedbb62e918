using System.Net;
using System.Net.Http.Headers;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Keys;
using DinOrleans.Gateway.Tests.Hosting;
using Google.Protobuf;
using Grpc.Core;

namespace DinOrleans.Gateway.Tests.Grpc;

/// <summary>What callers of gRPC are told where REST answers with a problem.</summary>
[Collection(GatewayCollection.Name)]
public sealed class RpcErrorsTests(GatewayFixture gateway, RpcFixture fixture) : IClassFixture<RpcFixture>
{
    private const string Secret = "a secret";

    private static readonly V1.RankRequest Request = new() { UserId = "rpc failing", Candidates = { new V1.Candidate { ItemId = "a" } } };

    private readonly RpcGateway _rpc = fixture.Rpc;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<Exception, StatusCode, int?> Failures => new()
    {
        { new OverloadedException("The queue is full.", TimeSpan.FromMilliseconds(2100)), StatusCode.ResourceExhausted, 2100 },
        { new StoreUnavailableException("Failed to connect to 10.1.2.3:5432: " + Secret), StatusCode.Unavailable, 1000 },
        { new ModelVersionNotLoadedException("v1 is not loaded"), StatusCode.Unavailable, 1000 },
        { new DeadlineExceededException("The deadline passed."), StatusCode.DeadlineExceeded, null },
        { new TimeoutException("no answer"), StatusCode.Unavailable, 1000 },
        { new SiloUnavailableException("gone"), StatusCode.Unavailable, 1000 },
        { new OrleansException("broken"), StatusCode.Unavailable, 1000 },
        { new InvalidOperationException(Secret), StatusCode.Internal, null },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Rank_TheGrainFails_SaysWhatItMeans(Exception failure, StatusCode code, int? retryAfterMilliseconds)
    {
        gateway.Script.Failures["rpc failing"] = failure;
        RpcException error = await FailsAsync(_rpc);
        Assert.Equal((code, (double?)retryAfterMilliseconds), (error.StatusCode, error.RetryAfter()?.TotalMilliseconds));
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(error.Broken());
    }

    [Fact]
    public async Task Rank_TheGrainFindsBrokenRules_ListsThem()
    {
        gateway.Script.Failures["rpc failing"] = new InvalidInputException([new("candidates[0].itemId", "is odd"), new("context.os", "is not a feature")], more: 7);
        RpcException error = await FailsAsync(_rpc);
        Assert.Equal(["candidates[0].item_id is odd", "context.os is not a feature"], error.Broken());
        Assert.EndsWith("candidates[0].item_id is odd; and 8 more", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rank_AScoreThatIsNoNumber_IsInternalAndIsLogged()
    {
        gateway.Script.Failures.TryRemove("rpc failing", out _);
        var ranking = ShopScript.ModelRanking(new Contracts.Users.RankQuery { Candidates = ["a"] });
        gateway.Script.Rankings["rpc failing"] = ranking with { Items = [ranking.Items[0] with { Score = float.NaN }] };
        Assert.Equal(StatusCode.Internal, (await FailsAsync(_rpc)).StatusCode);
        Assert.Contains(_rpc.Gateway.Logs.Lines, line => line.StartsWith("POST /dinorleans.v1.Recommender/Rank failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_WithoutTheRight_SaysWhatIsMissing()
    {
        await using RpcGateway rpc = await RpcGateway.StartAsync(gateway, ("Auth:Mode", "Keys"));
        RpcException missing = await FailsAsync(rpc);
        Assert.Equal((StatusCode.Unauthenticated, "This server asks who calls: send the header Authorization with Bearer and a key or token."), (missing.StatusCode, missing.Status.Detail));
        RpcException wrong = await FailsAsync(rpc, RpcClient.Key("dok_abcdefghijkl_0123456789abcdefghijklmnopqrstuvwxyz0123456"));
        Assert.Equal((StatusCode.Unauthenticated, "The key is not known here."), (wrong.StatusCode, wrong.Status.Detail));
        RpcException other = await FailsAsync(rpc, RpcClient.Key(await rpc.Gateway.AddKeyAsync(ApiScopes.Events)));
        Assert.Equal((StatusCode.PermissionDenied, "This needs the scope rank, which the caller does not have."), (other.StatusCode, other.Status.Detail));
        gateway.Script.Failures.TryRemove("rpc failing", out _);
        gateway.Script.Rankings.TryRemove("rpc failing", out _);
        Assert.Equal("r1", (await rpc.Client.RankAsync(Request, RpcClient.Key(await rpc.Gateway.AddKeyAsync(ApiScopes.Rank)))).RankingId);
    }

    [Theory]
    [InlineData("dinorleans.v1.Recommender/Guess")]
    [InlineData("dinorleans.v2.Recommender/Rank")]
    public async Task Call_OfWhatIsNotServed_IsUnimplemented(string method)
    {
        var other = new Method<byte[], byte[]>(
            MethodType.Unary, method.Split('/')[0], method.Split('/')[1], Marshallers.Create(b => b, b => b), Marshallers.Create(b => b, b => b));
        using AsyncUnaryCall<byte[]> call = _rpc.Client.Channel.CreateCallInvoker().AsyncUnaryCall(other, null, new CallOptions(cancellationToken: Cancellation), []);
        RpcException error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);
        Assert.Equal((StatusCode.Unimplemented, $"There is no /{method}."), (error.StatusCode, error.Status.Detail));
    }

    [Fact]
    public async Task Call_NotSentAsGrpcSays_IsAProblemOfHttp()
    {
        using var json = new StringContent("{}", new MediaTypeHeaderValue("application/json"));
        using HttpResponseMessage type = await _rpc.Gateway.Http.PostAsync("/dinorleans.v1.Recommender/Rank", json, Cancellation);
        Assert.Equal("The call must be sent as application/grpc.", await ProblemAssert.DetailAsync(type, HttpStatusCode.UnsupportedMediaType));
        using ByteArrayContent framed = RpcClient.Framed(Request.ToByteArray());
        framed.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using HttpResponseMessage version = await _rpc.Gateway.Http.PostAsync("/dinorleans.v1.Recommender/Rank", framed, Cancellation);
        Assert.StartsWith("The call must be sent by HTTP/2.", await ProblemAssert.DetailAsync(version, HttpStatusCode.UpgradeRequired), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rest_OnTheAddressOfGrpc_IsAnsweredToo()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _rpc.Address + "/v1/nothing") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var http = new HttpClient();
        using HttpResponseMessage answer = await http.SendAsync(request, Cancellation);
        await ProblemAssert.IsProblemAsync(answer, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task OpenApi_WhereGrpcIsOn_DescribesRestAlone() =>
        Assert.DoesNotContain("Recommender", await _rpc.Gateway.Http.GetStringAsync("/openapi/v1.json", Cancellation), StringComparison.Ordinal);

    private static Task<RpcException> FailsAsync(RpcGateway rpc, Metadata? headers = null) => Assert.ThrowsAsync<RpcException>(() => rpc.Client.RankAsync(Request, headers));
}
