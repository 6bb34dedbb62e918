using DinOrleans.TestMachine;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Testing;

namespace DinOrleans.ClusterTls.Tests.Peers;

/// <summary>Who may call a silo, and who may join it.</summary>
public sealed class PeerTests : IDisposable
{

    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _other = new("Other authority");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Dictionary<string, string> NoSettings => [];

    [Fact]
    public async Task Silos_AndAClientWithCertificates_AreOneCluster()
    {
        int[] ports = FreePort.Take(4);
        using IHost first = TlsHosts.Silo(ports[..2], Write("first", _authority.Issue()));
        await first.StartAsync(Cancellation);
        using IHost second = TlsHosts.Silo(ports[2..], Write("second", _authority.IssueRsa()), primary: ports[0]);
        await second.StartAsync(Cancellation);
        using IHost client = TlsHosts.Client(ports[3], Write("client", _authority.Issue(forServers: false)));
        await client.StartAsync(Cancellation);

        Assert.Equal([SiloStatus.Active, SiloStatus.Active], await TlsHosts.StatusesAsync(client));
        await client.StopAsync(Cancellation);
        await second.StopAsync(Cancellation);
        await first.StopAsync(Cancellation);
    }

    [Theory]
    [InlineData("no TLS", "it showed no certificate, does not speak TLS, or refuses")]
    [InlineData("no certificate", "it showed no certificate, does not speak TLS, or refuses")]
    [InlineData("another authority", "\"CN=dinorleans\" is not from an authority in ClusterTls:AuthorityFile")]
    [InlineData("another name", "\"CN=elsewhere\" does not have the DNS name \"dinorleans\"")]
    [InlineData("a certificate for servers", "\"CN=dinorleans\" must allow the extended key usages")]
    [InlineData("an expired certificate", "\"CN=dinorleans\" is valid from ")]
    public async Task Stranger_ToASilo_CannotCall(string what, string reason)
    {
        int[] ports = FreePort.Take(2);
        var log = new FakeLogCollector();
        using IHost silo = TlsHosts.Silo(ports, Write("silo", _authority.Issue()), log);
        await silo.StartAsync(Cancellation);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using IHost stranger = what switch
        {
            "no TLS" => TlsHosts.Stranger(ports[1], shown: null, usesTls: false),
            "no certificate" => TlsHosts.Stranger(ports[1], shown: null),
            "another authority" => TlsHosts.Stranger(ports[1], _other.Issue()),
            "another name" => TlsHosts.Stranger(ports[1], _authority.Issue("elsewhere")),
            "a certificate for servers" => TlsHosts.Stranger(ports[1], _authority.Issue(forClients: false)),
            _ => TlsHosts.Stranger(ports[1], _authority.Issue(from: now.AddDays(-2), to: now.AddDays(-1))),
        };

        await StaysOutAsync(stranger, log, line => IsRefusal(line, "from 127.0.0.1:", reason));

        // The same client with a certificate of the cluster can.
        using IHost member = TlsHosts.Stranger(ports[1], _authority.Issue());
        await member.StartAsync(Cancellation);
        Assert.Equal([SiloStatus.Active], await TlsHosts.StatusesAsync(member));
        await member.StopAsync(Cancellation);
        await silo.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Client_WithoutACertificate_WaitsAndSaysThatItNeedsOne()
    {
        int[] ports = FreePort.Take(2);
        var log = new FakeLogCollector();
        using IHost silo = TlsHosts.Silo(ports, Write("silo", _authority.Issue()));
        await silo.StartAsync(Cancellation);
        using IHost client = TlsHosts.Client(ports[1], NoSettings, log);

        await StaysOutAsync(client, log, line => line.Contains($"closed as soon as they were open, the last one to 127.0.0.1:{ports[1]}. If that process runs, it may ask for a certificate", StringComparison.Ordinal));
        await silo.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Client_OfAnotherAuthority_RefusesTheSiloAndSaysWhy()
    {
        int[] ports = FreePort.Take(2);
        var log = new FakeLogCollector();
        using IHost silo = TlsHosts.Silo(ports, Write("silo", _authority.Issue()));
        await silo.StartAsync(Cancellation);
        using IHost client = TlsHosts.Client(ports[1], Write("client", _other.Issue()), log);

        await StaysOutAsync(client, log, line => IsRefusal(line, "to 127.0.0.1:", "\"CN=dinorleans\" is not from an authority in ClusterTls:AuthorityFile"));
        await silo.StopAsync(Cancellation);
    }

    [Theory]
    [InlineData("no TLS")]
    [InlineData("another authority")]
    public async Task Silo_WithoutSuchACertificate_CannotJoin(string what)
    {
        int[] ports = FreePort.Take(4);
        using IHost first = TlsHosts.Silo(ports[..2], Write("first", _authority.Issue()));
        await first.StartAsync(Cancellation);
        var log = new FakeLogCollector();
        using IHost second = TlsHosts.Silo(ports[2..], what == "no TLS" ? NoSettings : Write("second", _other.Issue()), log, primary: ports[0]);

        await StaysOutAsync(second, log, line => line.Contains(" connections", StringComparison.Ordinal) && line.Contains($"to 127.0.0.1:{ports[0]}", StringComparison.Ordinal));

        using IHost client = TlsHosts.Client(ports[1], Write("client", _authority.Issue()));
        await client.StartAsync(Cancellation);
        Assert.Equal([SiloStatus.Active], await TlsHosts.StatusesAsync(client));
        await client.StopAsync(Cancellation);
        await first.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Silo_WhoseFilesAreRenewed_TakesClientsOfTheNewAuthorityWithoutARestart()
    {
        int[] ports = FreePort.Take(2);
        var log = new FakeLogCollector();
        using IHost silo = TlsHosts.Silo(ports, Write("silo", _authority.Issue()), log);
        await silo.StartAsync(Cancellation);
        var clientLog = new FakeLogCollector();
        using IHost client = TlsHosts.Client(ports[1], Write("client", _other.Issue()), clientLog);
        Task started = client.StartAsync(Cancellation);
        await Eventually.BecomesAsync("the client was refused", clientLog.Lines, lines => lines.Any(l => IsRefusal(l, "to 127.0.0.1:", "is not from an authority")), cancellationToken: Cancellation);

        // A certificate without its key is refused, and what was read before stays.
        Write("silo", _other.Issue() with { Key = _authority.Issue().Key });
        await Eventually.BecomesAsync("the wrong key is told", log.Lines, lines => lines.Any(l => l.Contains("the one before stays in use", StringComparison.Ordinal)), cancellationToken: Cancellation);
        Assert.False(started.IsCompleted);
        Write("silo", _other.Issue());

        await started.WaitAsync(Eventually.Timeout, Cancellation);
        Assert.Equal([SiloStatus.Active], await TlsHosts.StatusesAsync(client));
        await client.StopAsync(Cancellation);
        await silo.StopAsync(Cancellation);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    /// <summary>Asserts that a process does not become a part of the cluster, and that a line says why.</summary>
    private static async Task StaysOutAsync(IHost process, FakeLogCollector log, Func<string, bool> saysWhy)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        Task started = process.StartAsync(stop.Token);
        await Eventually.BecomesAsync("a line says why", log.Lines, lines => lines.Any(saysWhy), cancellationToken: Cancellation);
        Assert.False(started.IsCompletedSuccessfully);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => started);
    }

    private static bool IsRefusal(string line, string peer, string reason) =>
        line.StartsWith("This process has refused ", StringComparison.Ordinal) && line.Contains(peer, StringComparison.Ordinal) && line.Contains(reason, StringComparison.Ordinal);

    private IReadOnlyDictionary<string, string> Write(string process, IssuedCertificate certificate) => certificate.WriteTo(_folder[process]);
}
