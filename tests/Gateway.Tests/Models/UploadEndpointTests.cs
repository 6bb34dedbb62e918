using System.Formats.Tar;
using System.Net;
using DinOrleans.Contracts.Models;
using DinOrleans.Gateway.Tests.Hosting;

namespace DinOrleans.Gateway.Tests.Models;

[Collection(GatewayCollection.Name)]
public sealed class UploadEndpointTests
{
    private readonly GatewayFixture _gateway;

    public UploadEndpointTests(GatewayFixture gateway)
    {
        _gateway = gateway;
        gateway.Script.Parts.Clear();
        gateway.Script.Uploads.Clear();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_ATarOfFiles_SendsThemInPartsAndCompletes()
    {
        byte[] large = new byte[(2 * VersionPart.MaxBytes) + 3];
        new Random(1).NextBytes(large);
        using HttpResponseMessage answer = await PutAsync("v1", Tar(("v1/", null), ("v1/manifest.json", [1, 2]), ("./embeddings/a.f32", large), ("sample.json", [])));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        VersionPart[] parts = [.. _gateway.Script.Parts];
        Assert.Equal(
            [("manifest.json", 0, 2), ("embeddings/a.f32", 0, 1 << 20), ("embeddings/a.f32", 1 << 20, 1 << 20), ("embeddings/a.f32", 2 << 20, 3), ("sample.json", 0, 0)],
            parts.Select(p => (p.File, p.Offset, p.Bytes.Length)));
        Assert.Equal(large, parts[1..4].SelectMany(p => p.Bytes));
        Assert.All(parts, p => Assert.Equal("v1", p.Version));
        Assert.Equal(["complete v1"], _gateway.Script.Uploads);
    }

    [Fact]
    public async Task Upload_AVersionThatTheClusterRefuses_SaysWhyAndAbandonsIt()
    {
        using HttpResponseMessage answer = await PutAsync("damaged", Tar(("manifest.json", [1])));
        await ProblemAssert.BreaksAsync(answer, "version scorer.onnx: is damaged");
        Assert.Equal(["complete damaged", "abandon"], _gateway.Script.Uploads);
    }

    [Fact]
    public async Task Upload_WhatIsNotATar_NamesTheRuleAndAbandonsIt()
    {
        byte[] noise = new byte[2_000];
        new Random(2).NextBytes(noise);
        using HttpResponseMessage answer = await PutAsync("v1", noise);
        await ProblemAssert.BreaksAsync(answer, "$ must be a tar of a version's files");
        Assert.Equal(["abandon"], _gateway.Script.Uploads);
    }

    [Fact]
    public async Task Upload_ATarThatEndsEarly_KeepsNothing()
    {
        using HttpResponseMessage answer = await PutAsync("v1", Tar(("manifest.json", new byte[5_000]))[..2_000]);
        await ProblemAssert.BreaksAsync(answer, "$ must be a tar of a version's files");
        Assert.DoesNotContain("complete v1", _gateway.Script.Uploads);
    }

    [Fact]
    public async Task Upload_ATarWithALink_IsRefused()
    {
        using var stream = new MemoryStream();
        await using (var writer = new TarWriter(stream, leaveOpen: true))
        {
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.SymbolicLink, "scorer.onnx") { LinkName = "/etc/passwd" }, Cancellation);
        }

        using HttpResponseMessage answer = await PutAsync("v1", stream.ToArray());
        await ProblemAssert.BreaksAsync(answer, "scorer.onnx must be a regular file, not a link");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    public async Task Upload_OfAnotherContentType_Answers415AndAsksNothing(string mediaType)
    {
        using HttpResponseMessage answer = await PutAsync("v1", Tar(("manifest.json", [1])), mediaType);
        await ProblemAssert.IsProblemAsync(answer, HttpStatusCode.UnsupportedMediaType);
        Assert.Empty(_gateway.Script.Parts);
    }

    private static byte[] Tar(params (string Name, byte[]? Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, leaveOpen: true))
        {
            foreach ((string name, byte[]? content) in entries)
            {
                writer.WriteEntry(content is null
                    ? new PaxTarEntry(TarEntryType.Directory, name)
                    : new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
            }
        }

        return stream.ToArray();
    }

    private async Task<HttpResponseMessage> PutAsync(string version, byte[] body, string mediaType = "application/x-tar")
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new(mediaType);
        return await _gateway.Http.PutAsync($"/v1/models/{version}", content, Cancellation);
    }
}
