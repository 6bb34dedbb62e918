using System.Net;
using System.Net.Sockets;

namespace DinOrleans.Standalone.Tests.Starting;

/// <summary>Every program ends where another process listens on a port of its own, with one line that names the setting.</summary>
public sealed class TakenPortTests : IDisposable
{
    private readonly EmptyShop _shop = new();
    private readonly TcpListener _other = new(IPAddress.Loopback, 0);

    public TakenPortTests() => _other.Start();

    [Theory]
    [InlineData("Standalone", "--urls", "http://127.0.0.1:{taken}", "urls has \"http://127.0.0.1:{taken}\": another process listens there")]
    [InlineData("Standalone", "--Silo:SiloPort", "{taken}", "Silo:SiloPort is {taken}: another process listens on 127.0.0.1:{taken}")]
    [InlineData("Standalone", "--Silo:GatewayPort", "{taken}", "Silo:GatewayPort is {taken}: another process listens on 127.0.0.1:{taken}")]
    [InlineData("Silo", "--Silo:SiloPort", "{taken}", "Silo:SiloPort is {taken}: another process listens on 127.0.0.1:{taken}")]
    [InlineData("Silo", "--Silo:GatewayPort", "{taken}", "Silo:GatewayPort is {taken}: another process listens on 127.0.0.1:{taken}")]
    [InlineData("Silo", "--Monitoring:Urls", "http://127.0.0.1:{taken}", "Monitoring:Urls has \"http://127.0.0.1:{taken}\": another process listens there")]
    [InlineData("Gateway", "--urls", "http://127.0.0.1:{taken}", "urls has \"http://127.0.0.1:{taken}\": another process listens there")]
    [InlineData("Training", "--Monitoring:Urls", "http://127.0.0.1:{taken}", "Monitoring:Urls has \"http://127.0.0.1:{taken}\": another process listens there")]
    public async Task RunAsync_WhereAPortIsTaken_NamesItsSettingInOneLine(string program, string option, string value, string reason)
    {
        string Fill(string text) => text.Replace("{taken}", $"{((IPEndPoint)_other.LocalEndpoint).Port}", StringComparison.Ordinal);
        Refused.Assert(await EmptyShop.RunAsync(program, _shop.Arguments(program, new Dictionary<string, string?> { [option] = Fill(value) })), Fill(reason));
    }

    public void Dispose()
    {
        _other.Dispose();
        _shop.Dispose();
    }
}
