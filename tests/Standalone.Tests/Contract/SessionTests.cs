using System.Text.Json.Nodes;
using DinOrleans.TestMachine;
using DinOrleans.TestMachine.Contract;

namespace DinOrleans.Standalone.Tests.Contract;

/// <summary>
/// The session that every client replays, and that the description of the API has as its examples, is what a real server answers, and keeps to
/// the schemas of the description.
/// </summary>
public sealed class SessionTests
{
    /// <summary>Scores may differ a little between processors.</summary>
    private const double Tolerance = 0.002;

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    private static bool Records => GeneratedFile.IsWritten;

    [Fact]
    public async Task Session_SentToAServer_IsAnsweredAsRecordedAndAsTheSchemasSay()
    {
        SessionFile session = SessionFile.Read();
        await using SessionServer server = await SessionServer.StartAsync(session);
        foreach (SessionExchange exchange in session.Exchanges)
        {
            JsonObject answer = await AnswerAsync(server, exchange);
            if (Records)
            {
                exchange.Answer = answer;
            }
            else
            {
                Assert.True(Difference(exchange, answer) is null, $"""
                    {exchange.Name}: {Difference(exchange, answer)}
                    If the answer is right, record the session again, look at the difference, and build the gateway before its tests:
                    {GeneratedFile.Variable}=1 dotnet test --project tests/Standalone.Tests -c Release -- --filter-class "*SessionTests"
                    """);
            }
        }

        if (Records)
        {
            session.Write();
        }
    }

    [Fact]
    public void Session_AsRecorded_KeepsToTheSchemas()
    {
        AnswerSchemas schemas = AnswerSchemas.Read();
        SessionFile session = SessionFile.Read();
        Assert.Empty(session.Exchanges.SelectMany(e => schemas.CheckAnswer(e.Operation, e.Answer!)));
        Assert.Empty(session.Exchanges.Where(IsSuccess).SelectMany(e => schemas.CheckRequest(e.Operation, e.Headers.GetValueOrDefault("content-type"), e.Body)));
        Assert.NotEmpty(schemas.CheckRequest("rank", "application/json", session.Find("rankInvalid").Body));
    }

    [Fact]
    public void Session_OfEveryOperation_HasARequestThatSucceedsAndErrorsOfEachKind()
    {
        SessionFile session = SessionFile.Read();
        Assert.Equal(AnswerSchemas.Read().Operations.Order(), session.Exchanges.Where(IsSuccess).Select(e => e.Operation).Distinct().Order());
        Assert.Empty(new int?[] { 400, 401, 403, 404, 409, 429 }.Except(session.Exchanges.Select(e => e.Status)));
    }

    private static bool IsSuccess(SessionExchange exchange) => exchange.Status is >= 200 and < 300;

    /// <summary>Sends a request. What it reads may be on its way, so that a request that only reads is sent until the answer is as recorded.</summary>
    private static async Task<JsonObject> AnswerAsync(SessionServer server, SessionExchange exchange)
    {
        JsonObject last = await server.SendAsync(exchange);
        if (exchange.Method != "GET" || exchange.Answer is null || Difference(exchange, last) is null)
        {
            return last;
        }

        try
        {
            return await Eventually.BecomesAsync(
                $"{exchange.Name} is answered as recorded",
                async () => last = await server.SendAsync(exchange),
                answer => Difference(exchange, answer) is null,
                Records ? Settled : null,
                TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            // The test says how the last answer differs, or records it.
            return last;
        }
    }

    private static string? Difference(SessionExchange exchange, JsonObject answer) => JsonDifference.Find(Comparable(exchange.Answer), Comparable(answer), Tolerance);

    /// <summary>An answer without the seconds to wait, which depend on the moment.</summary>
    private static JsonObject Comparable(JsonObject? answer)
    {
        JsonObject comparable = answer?.DeepClone().AsObject() ?? [];
        if (comparable["headers"] is JsonObject headers && headers.ContainsKey("retry-after"))
        {
            headers["retry-after"] = "some";
        }

        return comparable;
    }
}
