using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using DinOrleans.Standalone.Tests.Docs;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.Standalone.Tests.Starting;
using DinOrleans.TestMachine;
using DinOrleans.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace DinOrleans.Standalone.Tests.Grpc;

/// <summary>A server with a certificate, whose one port speaks HTTP/1.1 for REST and HTTP/2 for gRPC.</summary>
public sealed class GrpcOverHttpsTests : IDisposable
{
    private static readonly string[] ItemIds = ["a", "b", "c"];

    private readonly EmptyShop _shop = new();
    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly IssuedCertificate _issued;

    public GrpcOverHttpsTests() => _issued = _authority.Issue("localhost");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Uri Address => new($"https://localhost:{_shop.Ports[0]}");

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
        _shop.Dispose();
    }

    [Fact]
    public async Task Server_WithTheCommandOfTheDocs_ServesRestAndGrpcOnOnePort() => await ServeAsync(
        DocumentedCommands.Read("docs/grpc.md", "## TLS")
            .Arguments("Standalone", "--urls", ("https://localhost:8443", Text(Address)), ("server.pem", Certificate()), ("server.key", Key()))
            .Chunk(2).ToDictionary(pair => pair[0], pair => (string?)pair[1]));

    /// <summary>Endpoints of Kestrel replace the addresses of gRPC, so that one of them may have the port of these, of which 5001 is the default.</summary>
    [Fact]
    public async Task Server_WithAnEndpointOnThePortOfGrpc_ServesRestAndGrpcThere() => await ServeAsync(new()
    {
        ["--urls"] = null,
        ["--Grpc:Enabled"] = "true",
        ["--Grpc:Urls"] = $"http://localhost:{_shop.Ports[0]}",
        ["--Kestrel:Endpoints:Https:Url"] = Text(Address),
        ["--Kestrel:Endpoints:Https:Certificate:Path"] = Certificate(),
        ["--Kestrel:Endpoints:Https:Certificate:KeyPath"] = Key(),
    });

    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private string Certificate() => _folder.Write("server.pem", _issued.Certificate);

    private string Key() => _folder.Write("server.key", _issued.Key);

    private async Task ServeAsync(Dictionary<string, string?> settings)
    {
        await using MemberProcess server = MemberProcess.Start("Standalone", _shop.Arguments("Standalone", settings));
        using var rest = new HttpClient(TrustingHandler.Of(_issued.Authority)) { BaseAddress = Address, DefaultRequestVersion = HttpVersion.Version11, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        await Eventually.BecomesAsync("the server is ready", () => ReadyAsync(rest, server), status => status == "OK", cancellationToken: Cancellation);

        Assert.Equal(SslApplicationProtocol.Http11, await ChosenAsync(SslApplicationProtocol.Http11));
        Assert.Equal(SslApplicationProtocol.Http2, await ChosenAsync(SslApplicationProtocol.Http2));
        Assert.Equal(SslApplicationProtocol.Http2, await ChosenAsync(SslApplicationProtocol.Http11, SslApplicationProtocol.Http2));
        await CallAsync(rest);
        await RefuseToTrustAsync();
    }

    /// <summary>Says by ALPN which versions a client speaks.</summary>
    /// <returns>The version that the server has chosen.</returns>
    private async Task<SslApplicationProtocol> ChosenAsync(params List<SslApplicationProtocol> spoken)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(Address.Host, Address.Port, Cancellation);
        await using var tls = new SslStream(tcp.GetStream());
        var options = new SslClientAuthenticationOptions { TargetHost = Address.Host, ApplicationProtocols = spoken, CertificateChainPolicy = TrustingHandler.Policy(_issued.Authority) };
        await tls.AuthenticateAsClientAsync(options, Cancellation);
        return tls.NegotiatedApplicationProtocol;
    }

    private async Task CallAsync(HttpClient rest)
    {
        using SocketsHttpHandler trusting = TrustingHandler.Of(_issued.Authority);
        using GrpcChannel channel = GrpcChannel.ForAddress(Address, new() { HttpHandler = trusting });
        var client = new Recommender.RecommenderClient(channel);
        using AsyncClientStreamingCall<AppendRequest, AppendResponse> append = client.Append(cancellationToken: Cancellation);
        var click = new Event { EventId = "e1", UserId = "u1", ItemId = "a", Type = "click", Timestamp = DateTime.UtcNow.AddMinutes(-1).ToTimestamp() };
        await append.RequestStream.WriteAsync(new() { Events = { click } }, Cancellation);
        await append.RequestStream.CompleteAsync();
        Assert.Equal(1, (await append.ResponseAsync).Accepted);

        RankResponse ranking = await client.RankAsync(new() { UserId = "u1", Candidates = { ItemIds.Select(i => new Candidate { ItemId = i }) } }, cancellationToken: Cancellation);
        Assert.Equal(ItemIds, ranking.Items.Select(i => i.ItemId).Order());

        using HttpResponseMessage answer = await rest.PostAsJsonAsync("/v1/rank", new { userId = "u1", candidates = ItemIds.Select(itemId => new { itemId }) }, Cancellation);
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version11), (answer.StatusCode, answer.Version));
        JsonElement byRest = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal(ranking.Items.Select(i => i.ItemId), byRest.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("itemId").GetString()));
    }

    /// <summary>Neither what the machine trusts nor another authority of the same name makes a client trust the server.</summary>
    private async Task RefuseToTrustAsync()
    {
        using var other = new TestAuthority();
        using var ofTheMachine = new SocketsHttpHandler();
        using SocketsHttpHandler ofTheOther = TrustingHandler.Of(other.Pem);
        foreach (SocketsHttpHandler handler in (SocketsHttpHandler[])[ofTheMachine, ofTheOther])
        {
            using GrpcChannel channel = GrpcChannel.ForAddress(Address, new() { HttpHandler = handler });
            var request = new RankRequest { UserId = "u1", Candidates = { new Candidate { ItemId = "a" } } };
            RpcException failure = await Assert.ThrowsAsync<RpcException>(() => new Recommender.RecommenderClient(channel).RankAsync(request, cancellationToken: Cancellation).ResponseAsync);
            Assert.IsType<AuthenticationException>(failure.Status.DebugException?.InnerException);
        }
    }

    private static async Task<string> ReadyAsync(HttpClient rest, MemberProcess server)
    {
        Assert.False(server.HasExited, server.Output);
        try
        {
            using HttpResponseMessage answer = await rest.GetAsync("/health/ready", Cancellation);
            return answer.StatusCode.ToString();
        }
        catch (HttpRequestException e) when (e.InnerException is not AuthenticationException)
        {
            // A server that starts does not listen yet.
            return e.Message;
        }
    }
}
