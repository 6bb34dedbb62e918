using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Items;

[Collection(GatewayCollection.Name)]
public sealed class ItemLinesTests(GatewayFixture gateway)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Put_ThousandsOfLines_WritesAllOfThem()
    {
        string lines = string.Concat(Enumerable.Range(0, 2_500).Select(i => $$$"""{"itemId":"line {{{i}}}","features":{"price":{{{i}}}}}""" + "\n"));
        Assert.Equal("""{"accepted":2500}""", await AnswerAsync(lines, HttpStatusCode.OK));
        Assert.Equal(
            Enumerable.Range(0, 2_500).Select(i => ($"line {i}", $"{i}")),
            gateway.Script.Items.Where(i => i.ItemId.StartsWith("line ", StringComparison.Ordinal)).Select(i => (i.ItemId, i.Features["price"])));
    }

    [Theory]
    [InlineData("{\"itemId\":\"last without an end\"}")]
    [InlineData("\uFEFF{\"itemId\":\"after a byte order mark\"}\n")]
    [InlineData("\n  \r\n{\"itemId\":\"after blank lines\"}\r\n\n")]
    public async Task Put_LinesOfAnyEnding_AreRead(string lines) => Assert.Equal("""{"accepted":1}""", await AnswerAsync(lines, HttpStatusCode.OK));

    [Fact]
    public async Task Put_SameItemTwiceInABatch_KeepsTheLast()
    {
        await AnswerAsync("""{"itemId":"twice","features":{"price":1}}""" + "\n" + """{"itemId":"twice","features":{"price":2}}""", HttpStatusCode.OK);
        Assert.Equal("2", Assert.Single(gateway.Script.Items, i => i.ItemId == "twice").Features["price"]);
    }

    [Theory]
    [InlineData("""{"itemId":"bad","features":{"price":"much"}}""", "line 1502: features.price", "must be a finite number from -3.4e38 to 3.4e38")]
    [InlineData("""{"itemId":"bad","colour":"red"}""", "line 1502: colour", "is not a field here")]
    [InlineData("""{"itemId":""}""", "line 1502: itemId", "must be 1 to 200 characters")]
    [InlineData("""[1]""", "line 1502", "must be a JSON object")]
    [InlineData("""null""", "line 1502", "must be a JSON object")]
    [InlineData("""{"itemId":"bad" """, "line 1502", "must be well-formed JSON")]
    public async Task Put_OneBadLine_NamesItAndLeavesOutItsBatchAlone(string bad, string field, string rule)
    {
        string id = Guid.NewGuid().ToString("N");
        List<string> lines = [.. Enumerable.Range(1, 2_500).Select(i => $$"""{"itemId":"{{id}} {{i}}"}""")];
        lines[1_501] = bad;

        using JsonDocument problem = JsonDocument.Parse(await AnswerAsync(string.Join('\n', lines), HttpStatusCode.BadRequest));

        JsonElement error = Assert.Single(problem.RootElement.GetProperty("errors").EnumerateArray());
        Assert.Equal(field, error.GetProperty("field").GetString());
        Assert.StartsWith(rule, error.GetProperty("rule").GetString(), StringComparison.Ordinal);
        Assert.Equal((1_500, 1_000), (problem.RootElement.GetProperty("accepted").GetInt32(), problem.RootElement.GetProperty("refused").GetInt32()));
        Assert.Equal(
            [.. Enumerable.Range(1, 1_000).Concat(Enumerable.Range(2_001, 500)).Select(i => $"{id} {i}")],
            gateway.Script.Items.Select(i => i.ItemId).Where(i => i.StartsWith(id, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Put_LineWithoutAnEnd_IsRefusedBeforeItIsKeptWhole()
    {
        using JsonDocument problem = JsonDocument.Parse(await AnswerAsync("""{"itemId":"ok"}""" + "\n" + new string(' ', 3 << 20) + "x", HttpStatusCode.BadRequest));
        Assert.Equal("line 2 must be at most 524,288 bytes", Error(problem));
    }

    [Fact]
    public async Task Put_LineWithoutAnEnd_LeavesTheConnectionForTheNextRequest()
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 1 };
        int connections = 0;
        handler.ConnectCallback = async (context, cancellationToken) =>
        {
            connections++;
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        };
        using var http = new HttpClient(handler) { BaseAddress = gateway.Http.BaseAddress };
        foreach ((string lines, HttpStatusCode status) in new[] { (new string(' ', 600_000) + "x", HttpStatusCode.BadRequest), ("""{"itemId":"next"}""", HttpStatusCode.OK) })
        {
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(lines));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            using HttpResponseMessage answer = await http.PutAsync(new Uri("/v1/items", UriKind.Relative), content, Cancellation);
            Assert.Equal(status, answer.StatusCode);
        }

        Assert.Equal(1, connections);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public async Task Put_NoLines_IsRefused(string lines)
    {
        using JsonDocument problem = JsonDocument.Parse(await AnswerAsync(lines, HttpStatusCode.BadRequest));
        Assert.Equal("$ must have at least one line with an item", Error(problem));
    }

    [Fact]
    public async Task Put_MoreThanAJsonBodyMayHave_IsTaken()
    {
        string padding = new(' ', 10_000);
        string lines = string.Concat(Enumerable.Range(0, 1_000).Select(i => $$"""{"itemId":"padded {{i}}"{{padding}}}""" + "\n"));
        Assert.Equal("""{"accepted":1000}""", await AnswerAsync(lines, HttpStatusCode.OK));
    }

    [Fact]
    public async Task Put_GzippedLines_AreRead()
    {
        using var zipped = new MemoryStream();
        await using (var gzip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync("""{"itemId":"zipped"}"""u8.ToArray(), Cancellation);
        }

        var content = new ByteArrayContent(zipped.ToArray());
        content.Headers.ContentEncoding.Add("gzip");
        Assert.Equal("""{"accepted":1}""", await AnswerAsync(content, HttpStatusCode.OK));
    }

    private static string Error(JsonDocument problem)
    {
        JsonElement error = Assert.Single(problem.RootElement.GetProperty("errors").EnumerateArray());
        return $"{error.GetProperty("field").GetString()} {error.GetProperty("rule").GetString()}";
    }

    private Task<string> AnswerAsync(string lines, HttpStatusCode status) => AnswerAsync(new ByteArrayContent(Encoding.UTF8.GetBytes(lines)), status);

    private async Task<string> AnswerAsync(ByteArrayContent content, HttpStatusCode status)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        using var request = new HttpRequestMessage(HttpMethod.Put, "/v1/items") { Content = content };
        using HttpResponseMessage answer = await gateway.Http.SendAsync(request, Cancellation);
        Assert.Equal(status, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }
}
