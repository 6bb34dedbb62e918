using System.Net;
using System.Text;
using DinOrleans.Contracts;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.TestMachine;
using Microsoft.AspNetCore.Builder;

namespace DinOrleans.Gateway.Tests.Problems;

[Collection(GatewayCollection.Name)]
public sealed class ProblemTests(GatewayFixture gateway)
{
    private const string Secret = "a secret";

    public static TheoryData<Exception, HttpStatusCode, int?> Failures => new()
    {
        { new OverloadedException("The queue is full.", TimeSpan.FromMilliseconds(2100)), HttpStatusCode.TooManyRequests, 3 },
        { new StoreUnavailableException("Failed to connect to 10.1.2.3:5432: " + Secret), HttpStatusCode.ServiceUnavailable, 1 },
        { new ModelVersionNotLoadedException("v1 is not loaded"), HttpStatusCode.ServiceUnavailable, 1 },
        { new DeadlineExceededException("The deadline passed."), HttpStatusCode.GatewayTimeout, null },
        { new TimeoutException("no answer"), HttpStatusCode.ServiceUnavailable, 1 },
        { new SiloUnavailableException("gone"), HttpStatusCode.ServiceUnavailable, 1 },
        { new OrleansException("broken"), HttpStatusCode.ServiceUnavailable, 1 },
        { new InvalidOperationException(Secret), HttpStatusCode.InternalServerError, null },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Rank_TheGrainFails_AnswersWhatItMeans(Exception failure, HttpStatusCode status, int? retryAfterSeconds)
    {
        gateway.Script.Failures["failing"] = failure;
        using HttpResponseMessage response = await gateway.PostAsync("/v1/rank", """{"userId":"failing","candidates":[{"itemId":"a"}]}""");
        Assert.Empty(await ProblemAssert.IsProblemAsync(response, status));
        Assert.Equal(retryAfterSeconds, (int?)response.Headers.RetryAfter?.Delta?.TotalSeconds);
        Assert.DoesNotContain(Secret, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rank_TheGrainFindsBrokenRules_ListsThem()
    {
        gateway.Script.Failures["refusing"] = new InvalidInputException([new("context.os", "is not a feature")]);
        using HttpResponseMessage response = await gateway.PostAsync("/v1/rank", """{"userId":"refusing","candidates":[{"itemId":"a"}]}""");
        await ProblemAssert.BreaksAsync(response, "context.os is not a feature");
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/elsewhere", HttpStatusCode.NotFound)]
    [InlineData("GET", "/openapi/v9.json", HttpStatusCode.NotFound)]
    [InlineData("GET", "/v1/rank", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PATCH", "/v1/users/u", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/fails", HttpStatusCode.InternalServerError)]
    public async Task Request_ThatNothingAnswers_IsAProblem(string method, string path, HttpStatusCode status)
    {
        using HttpResponseMessage response = await gateway.SendAsync(new HttpMethod(method), path);
        Assert.Empty(await ProblemAssert.IsProblemAsync(response, status));
    }

    [Theory]
    [InlineData("/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("/fails", HttpStatusCode.InternalServerError)]
    public async Task Request_OfACallerThatAcceptsOnlyPages_IsAProblemToo(string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept", "text/html" } } };
        using HttpResponseMessage response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Empty(await ProblemAssert.IsProblemAsync(response, status));
    }

    [Fact]
    public async Task Request_WithAMethodNotTaken_NamesThoseThatAre()
    {
        using HttpResponseMessage response = await gateway.SendAsync(HttpMethod.Patch, "/v1/users/u");
        Assert.Equal(["DELETE", "GET", "HEAD", "OPTIONS", "PUT"], response.Content.Headers.Allow.Order());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData(null)]
    public async Task Rank_BodyThatIsNotSentAsJson_Answers415(string? mediaType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"userId":"u","candidates":[{"itemId":"a"}]}"""));
        content.Headers.ContentType = mediaType is null ? null : new(mediaType);
        using HttpResponseMessage response = await gateway.Http.PostAsync("/v1/rank", content, TestContext.Current.CancellationToken);
        Assert.Empty(await ProblemAssert.IsProblemAsync(response, HttpStatusCode.UnsupportedMediaType));
    }

    [Theory]
    [InlineData("POST", "/v1/rank", 1 << 20)]
    [InlineData("POST", "/v1/events", 1 << 20)]
    [InlineData("PUT", "/v1/users/u", 1 << 20)]
    [InlineData("PUT", "/v1/items", 4 << 20)]
    public async Task Body_LongerThanItsLimit_Answers413(string method, string path, int limit)
    {
        // The client waits for a word before it sends the body, so that it reads the answer instead of a broken pipe.
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(5) };
        using var http = new HttpClient(handler) { BaseAddress = gateway.Http.BaseAddress };
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = Json(limit + 1), Headers = { ExpectContinue = true } };
        using HttpResponseMessage response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Empty(await ProblemAssert.IsProblemAsync(response, HttpStatusCode.RequestEntityTooLarge));
    }

    [Theory]
    [InlineData("POST", "/v1/rank", 1000, HttpStatusCode.BadRequest)]
    [InlineData("POST", "/v1/rank", 1025, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("PUT", "/v1/items", 2000, HttpStatusCode.BadRequest)]
    [InlineData("PUT", "/v1/items", 2049, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Body_OfUnknownLength_IsHeldToTheConfiguredLimit(string method, string path, int length, HttpStatusCode status)
    {
        await using WebApplication app = await gateway.StartAsync(
            gateway.Grains, TimeProvider.System, ("Gateway:MaxBodyBytes", "1024"), ("Gateway:MaxItemsBodyBytes", "2048"));

        // The frames of the chunks count too, hence the distance below the limit.
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = Json(length), Headers = { TransferEncodingChunked = true } };
        using HttpResponseMessage response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        await ProblemAssert.IsProblemAsync(response, status);
    }

    [Fact]
    public async Task Rank_CallerGoesAway_CancelsTheGrainAndLogsNothing()
    {
        TaskCompletionSource reached = gateway.Script.Hangs["leaves"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Logs.Lines.Clear();
        using var leaves = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var body = new StringContent("""{"userId":"leaves","candidates":[{"itemId":"a"}]}""", Encoding.UTF8, "application/json");
        Task<HttpResponseMessage> answer = gateway.Http.PostAsync("/v1/rank", body, leaves.Token);
        await reached.Task.WaitAsync(Eventually.Timeout, TestContext.Current.CancellationToken);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await Eventually.BecomesAsync(
            "the call of the one who left is cancelled",
            () => gateway.Script.Cancelled.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask(),
            user => user == "leaves",
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(gateway.Logs.Lines);
    }

    /// <summary>A JSON object without members, as long as asked for.</summary>
    private static StringContent Json(int length) => new("{" + new string(' ', length - 2) + "}", Encoding.UTF8, "application/json");
}
