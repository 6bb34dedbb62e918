using System.Net;
using System.Net.Sockets;
using System.Text;
using DinOrleans.Benchmarks.Load;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace DinOrleans.Benchmarks.Tests.Load;

public sealed class RpcConnectionTests
{
    private const string Path = "/service/Method";
    private const int PrefaceBytes = 24;

    private static readonly byte[] Good = [0, 0, 0, 0, 2, 7, 9];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The status line of a call that the server ends with a status of gRPC, without a message; after it, another call succeeds.</summary>
    [Theory]
    [InlineData(8, "HTTP/1.1 429")]
    [InlineData(13, "HTTP/1.1 500")]
    public async Task SendAsync_ToAServer_TellsAnswersWithAMessageFromOthers(byte status, string line)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        await using WebApplication server = builder.Build();
        server.MapPost(Path, EchoAsync);
        await server.StartAsync(Cancellation);
        using RpcConnection connection = await RpcConnection.OpenAsync(new Uri(server.Urls.Single()).Port, Path, Cancellation);

        byte[] bad = [0, 0, 0, 0, 1, status];
        foreach (byte[] request in (byte[][])[Good, bad, bad, Good])
        {
            ReadOnlyMemory<byte> answer = await connection.SendAsync(request, Cancellation);
            Assert.StartsWith(request == bad ? line : "HTTP/1.1 200", Encoding.ASCII.GetString(answer.Span), StringComparison.Ordinal);
            Assert.True(request == bad || RpcConnection.Message(answer).Span.SequenceEqual(Good.AsSpan(RpcConnection.FrameBytes)));
        }
    }

    /// <summary>A server may refuse a call before it has read the message, and then tell the client not to send the rest of it.</summary>
    [Fact]
    public async Task SendAsync_AfterACallThatWasRefusedAndReset_ReturnsTheAnswerOfItsOwnCall()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task server = RefuseThenAnswerAsync(listener);
        using RpcConnection connection = await RpcConnection.OpenAsync(((IPEndPoint)listener.LocalEndpoint).Port, Path, Cancellation);

        Assert.False(HttpConnection.IsOk((await connection.SendAsync(Good, Cancellation)).Span));
        ReadOnlyMemory<byte> answer = await connection.SendAsync(Good, Cancellation);

        Assert.True(HttpConnection.IsOk(answer.Span));
        Assert.Equal(Good[RpcConnection.FrameBytes..], RpcConnection.Message(answer).ToArray());
        await server;
    }

    private static async Task EchoAsync(HttpContext http)
    {
        Assert.Equal(("application/grpc", "trailers"), (http.Request.ContentType, http.Request.Headers.TE.ToString()));
        using var message = new MemoryStream();
        await http.Request.Body.CopyToAsync(message, http.RequestAborted);
        http.Response.ContentType = http.Request.ContentType;
        byte[] sent = message.ToArray();
        if (sent.Length < Good.Length)
        {
            http.Response.Headers["grpc-status"] = $"{sent[^1]}";
            return;
        }

        await http.Response.Body.WriteAsync(sent, http.RequestAborted);
        http.Response.AppendTrailer("grpc-status", "0");
    }

    private static async Task RefuseThenAnswerAsync(TcpListener listener)
    {
        const byte EndHeaders = Http2Frame.EndHeaders, Last = Http2Frame.EndHeaders | Http2Frame.EndStream;
        using Socket socket = await listener.AcceptSocketAsync(Cancellation);
        var reader = new Http2Reader(socket);
        await reader.SkipAsync(PrefaceBytes, Cancellation);
        await CallAsync(reader);
        byte[] refusal = [.. Http2Frame.Write(Http2Frame.Headers, Last, 1, []), .. Http2Frame.Write(Http2Frame.Reset, 0, 1, [0, 0, 0, 0])];
        await socket.SendAsync(refusal, Cancellation);
        await CallAsync(reader);
        byte[] answer = [.. Http2Frame.Write(Http2Frame.Headers, EndHeaders, 3, []), .. Http2Frame.Write(Http2Frame.Data, 0, 3, Good), .. Http2Frame.Write(Http2Frame.Headers, Last, 3, [])];
        await socket.SendAsync(answer, Cancellation);
    }

    private static async Task CallAsync(Http2Reader reader)
    {
        while (!(await reader.ReadAsync(Cancellation)).IsLast)
        {
        }
    }
}
