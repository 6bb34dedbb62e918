using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DinOrleans.Contracts.Users;
using DinOrleans.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace DinOrleans.Gateway.Tests.Problems;

/// <summary>Clients that break a connection, in every state that a request can be in, leave nothing in the log.</summary>
[Collection(GatewayCollection.Name)]
public sealed class LeavingClientTests(GatewayFixture gateway)
{
    private const int Clients = 12;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> WithoutBody => new()
    {
        { "GET", "/v1/users/leaver" },
        { "GET", "/v1/models" },
        { "GET", "/openapi/v1.json" },
        { "GET", "/metrics" },
        { "GET", "/" },
        { "DELETE", "/v1/users/leaver" },
        { "POST", "/v1/models/v1/activate" },
    };

    public static TheoryData<string, string> WithBody => new()
    {
        { "POST", "/v1/rank" },
        { "POST", "/v1/events" },
        { "PUT", "/v1/items" },
        { "PUT", "/v1/users/leaver" },
    };

    [Theory]
    [MemberData(nameof(WithoutBody))]
    public Task Request_WhoseClientLeavesAtOnce_IsQuiet(string method, string path) => LeaveAsync(async connection =>
    {
        await connection.SendHeadAsync(method, path);
    });

    [Theory]
    [MemberData(nameof(WithBody))]
    public Task Request_WhoseClientLeavesWithinTheBody_IsQuiet(string method, string path) => LeaveAsync(async connection =>
    {
        await connection.SendHeadAsync(method, path, "Content-Length: 1000");
        await connection.SendAsync("{\"userId\":");
    });

    [Theory]
    [MemberData(nameof(WithBody))]
    public Task Request_WhoseClientLeavesWithinAChunk_IsQuiet(string method, string path) => LeaveAsync(async connection =>
    {
        await connection.SendHeadAsync(method, path, "Transfer-Encoding: chunked");
        await connection.SendAsync("100\r\n{");
    });

    [Fact]
    public Task Rank_WhoseClientLeavesWithinALargeAnswer_IsQuiet()
    {
        string json = LargeRanking();
        return LeaveAsync(async connection =>
        {
            await connection.SendHeadAsync("POST", "/v1/rank", $"Content-Length: {Encoding.UTF8.GetByteCount(json)}");
            await connection.SendAsync(json);
            Assert.StartsWith("HTTP/1.1 200", await connection.ReceiveAsync(), StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(WithBody))]
    public async Task Request_WithAnImpossibleChunk_Answers400(string method, string path)
    {
        gateway.Logs.Lines.Clear();
        foreach (string size in (string[])["FFFFFFFF", "7FFFFFFF0", "-1", "xyz", "FFFFFFFFFFFFFFFFFF"])
        {
            using RawConnection connection = await RawConnection.OpenAsync(gateway.Http.BaseAddress!.ToString());
            await connection.SendHeadAsync(method, path, "Transfer-Encoding: chunked");
            await connection.SendAsync(size + "\r\n{}\r\n0\r\n\r\n");
            Assert.Matches("^HTTP/1.1 4(00|13) ", await connection.ReceiveAsync());
        }

        Assert.Empty(gateway.Logs.Lines);
    }

    /// <summary>An answer of some megabytes, of which the client reads the first bytes.</summary>
    private string LargeRanking()
    {
        var candidates = Enumerable.Range(0, 1000).Select(i => $"i{i}").ToArray();
        Ranking ranking = ShopScript.ModelRanking(new RankQuery { Candidates = candidates, Explain = true });
        gateway.Script.Rankings["large"] = ranking with
        {
            Explanation = new(
                [.. Enumerable.Range(0, 100).Select(i => new AttendedBehaviour($"i{i}", ShopScript.Noon))], Enumerable.Repeat(0.5f, 100 * candidates.Length).ToArray()),
            Items = [.. ranking.Items.Select(item => item with { Score = 0.5f })],
        };
        return $$"""{"userId":"large","explain":true,"candidates":[{{string.Join(',', candidates.Select(id => $$"""{"itemId":"{{id}}"}"""))}}]}""";
    }

    private async Task LeaveAsync(Func<RawConnection, Task> send)
    {
        // A gateway of its own stops only when its connections have ended, so that whatever they would log is there.
        gateway.Logs.Lines.Clear();
        await using (WebApplication app = await gateway.StartAsync(gateway.Grains, TimeProvider.System))
        {
            for (int i = 0; i < Clients; i++)
            {
                using RawConnection connection = await RawConnection.OpenAsync(app.Urls.First());
                await send(connection);
                connection.Reset();
            }

            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            Assert.Equal("live", (await http.GetFromJsonAsync<JsonElement>("/health/live", Cancellation)).GetProperty("status").GetString());
            await app.StopAsync(Cancellation);
        }

        Assert.True(gateway.Logs.Lines.IsEmpty, string.Join("\n", gateway.Logs.Lines.Distinct()));
    }
}
