using System.IO.Compression;
using System.Net;
using System.Text;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Bodies;

[Collection(GatewayCollection.Name)]
public sealed class ContentCodingTests(GatewayFixture gateway)
{
    private const string Ranking = """{"userId":"coded","candidates":[{"itemId":"a"}]}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("identity")]
    public async Task Rank_BodyInACodingThatIsRead_IsRanked(string coding)
    {
        using HttpResponseMessage response = await SendAsync("/v1/rank", Encode(coding, Encoding.UTF8.GetBytes(Ranking)), coding);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("gzip, gzip")]
    public async Task Rank_BodyInAnotherCoding_Answers415ThatNamesThoseRead(string coding)
    {
        using HttpResponseMessage response = await SendAsync("/v1/rank", Encoding.UTF8.GetBytes(Ranking), coding);
        Assert.Contains("gzip", await DetailAsync(response, HttpStatusCode.UnsupportedMediaType), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Rank_BodyThatIsNotInItsCoding_NamesTheHeader(string coding)
    {
        using HttpResponseMessage response = await SendAsync("/v1/rank", Encoding.UTF8.GetBytes(Ranking), coding);
        await ProblemAssert.BreaksAsync(response, "$ must be compressed as its Content-Encoding says");
    }

    [Theory]
    [InlineData("/v1/rank", 2 << 20)]
    [InlineData("/v1/rank", 512 << 20)]
    [InlineData("/v1/events", 2 << 20)]
    public async Task Body_LargerThanItsLimitOnceDecompressed_Answers413(string path, int length)
    {
        using HttpResponseMessage response = await SendAsync(path, GzippedSpaces(length), "gzip");
        Assert.Empty(await ProblemAssert.IsProblemAsync(response, HttpStatusCode.RequestEntityTooLarge));
    }

    [Theory]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=iso-8859-1")]
    public async Task Rank_InAnotherCharset_Answers415(string contentType)
    {
        using HttpResponseMessage response = await SendAsync("/v1/rank", Encoding.UTF8.GetBytes(Ranking), coding: null, contentType);
        Assert.Contains("UTF-8", await DetailAsync(response, HttpStatusCode.UnsupportedMediaType), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json; charset=UTF-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("application/json; v=1")]
    public async Task Rank_InUtf8_IsRanked(string contentType)
    {
        using HttpResponseMessage response = await SendAsync("/v1/rank", Encoding.UTF8.GetBytes(Ranking), coding: null, contentType);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Rank_WithAByteOrderMark_IsRanked()
    {
        using HttpResponseMessage response = await SendAsync("/v1/rank", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Ranking)], coding: null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static byte[] Encode(string coding, byte[] body)
    {
        if (coding == "identity")
        {
            return body;
        }

        using var target = new MemoryStream();
        using (Stream coder = coding switch
        {
            "gzip" => new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true),
            _ => new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            coder.Write(body);
        }

        return target.ToArray();
    }

    private static byte[] GzippedSpaces(int length)
    {
        using var target = new MemoryStream();
        using (var coder = new GZipStream(target, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            byte[] block = new byte[1 << 20];
            block.AsSpan().Fill((byte)' ');
            for (int written = 0; written < length; written += block.Length)
            {
                coder.Write(block);
            }
        }

        return target.ToArray();
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Empty(await ProblemAssert.IsProblemAsync(response, status));
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, byte[] body, string? coding, string contentType = "application/json")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (coding is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        }

        return await gateway.Http.PostAsync(path, content, Cancellation);
    }
}
