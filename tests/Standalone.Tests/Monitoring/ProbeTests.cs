using System.Diagnostics;
using System.Net;
using DinOrleans.Programs.Monitoring;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DinOrleans.Standalone.Tests.Monitoring;

/// <summary>What the probes of a program answer from its start to its end.</summary>
public sealed class ProbeTests : IDisposable
{
    private readonly int _port = FreePort.Take(1)[0];
    private readonly HttpClient _http;
    private readonly Gate _gate = new();

    public ProbeTests() => _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Probes_FromStartToEnd_SayHowTheProgramIs()
    {
        using IHost host = Build();
        Task starting = host.StartAsync(Cancellation);
        await _gate.Starting.Task.WaitAsync(Cancellation);
        Assert.Equal((HttpStatusCode.OK, "ok"), await GetAsync("live"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "The process is starting."), await GetAsync("startup"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "The process is starting."), await GetAsync("ready"));

        _gate.Start.SetResult();
        await starting;
        Assert.Equal((HttpStatusCode.OK, "ok"), await GetAsync("startup"));
        Assert.Equal((HttpStatusCode.OK, "ok"), await GetAsync("ready"));
        _gate.Reason = () => "The work is elsewhere.";
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "The work is elsewhere."), await GetAsync("ready"));
        _gate.Reason = () => throw new IOException("The cluster is away.");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "The state of the process is not known."), await GetAsync("ready"));
        _gate.Reason = () => null;
        Assert.Equal((HttpStatusCode.OK, "ok"), await GetAsync("ready"));

        Task stopping = host.StopAsync(Cancellation);
        await _gate.Stopping.Task.WaitAsync(Cancellation);
        Assert.Equal((HttpStatusCode.OK, "ok"), await GetAsync("live"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "The process is stopping."), await GetAsync("ready"));
        _gate.Stop.SetResult();
        await stopping;
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync("live"));
    }

    [Fact]
    public async Task Silo_WithAnAddressForProbes_IsReadyOnceItHasJoinedAndServesItsMetrics()
    {
        using var shop = new Starting.EmptyShop();
        string[] arguments = shop.Arguments("Silo", new Dictionary<string, string?> { ["--Monitoring:Urls"] = _http.BaseAddress!.ToString() });
        await using MemberProcess silo = MemberProcess.Start("Silo", arguments);
        await Eventually.BecomesAsync("the silo is ready", () => TryGetAsync("ready", silo), answer => answer == "OK ok", cancellationToken: Cancellation);

        Assert.Equal((HttpStatusCode.OK, "ok"), await GetAsync("startup"));
        string metrics = await _http.GetStringAsync("/metrics", Cancellation);
        Assert.Contains("dinorleans_model_load_failed_total", metrics, StringComparison.Ordinal);
        Assert.Contains("service_name=\"DinOrleans.Silo\"", metrics, StringComparison.Ordinal);

        Starting.Refused.Assert(
            await Starting.EmptyShop.RunAsync("Silo", arguments), $"Monitoring:Urls has \"{_http.BaseAddress}\": another process listens there");
    }

    [Fact]
    public async Task HealthCheck_OfTheImages_SucceedsWhereAProbeDoes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The images are of Linux.");
        using IHost host = Build();
        Task starting = host.StartAsync(Cancellation);
        await _gate.Starting.Task.WaitAsync(Cancellation);
        Assert.Equal(0, await CheckAsync("/health/live"));
        Assert.NotEqual(0, await CheckAsync("/health/ready"));
        _gate.Start.SetResult();
        await starting;
        Assert.Equal(0, await CheckAsync("/health/ready"));
        _gate.Stop.SetResult();
        await host.StopAsync(Cancellation);
        Assert.NotEqual(0, await CheckAsync("/health/live"));

        async Task<int> CheckAsync(string path)
        {
            using Process check = Process.Start(new ProcessStartInfo("bash", [RepositoryFolder.Of("deploy/healthcheck.sh"), $"{_port}", path]) { RedirectStandardError = true })!;
            await check.WaitForExitAsync(Cancellation);
            return check.ExitCode;
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _gate.Dispose();
    }

    private IHost Build()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder([$"--Monitoring:Urls={_http.BaseAddress}"]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_gate);
        builder.AddMonitoring<GateReadiness>();
        builder.Services.AddHostedService(_ => _gate);
        return builder.Build();
    }

    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string probe)
    {
        using HttpResponseMessage answer = await _http.GetAsync($"/health/{probe}", Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private async Task<string> TryGetAsync(string probe, MemberProcess process)
    {
        Assert.False(process.HasExited, process.Output);
        try
        {
            (HttpStatusCode status, string body) = await GetAsync(probe);
            return $"{status} {body}";
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }

    /// <summary>A service that starts and stops when the test says so.</summary>
    private sealed class Gate : IHostedService, IDisposable
    {
        public TaskCompletionSource Starting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Start { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Stopping { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Stop { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Func<string?> Reason { get; set; } = () => null;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Starting.SetResult();
            return Start.Task.WaitAsync(cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Stopping.SetResult();
            return Stop.Task.WaitAsync(cancellationToken);
        }

        public void Dispose() => Start.TrySetCanceled();
    }

    private sealed class GateReadiness(Gate gate) : IReadiness
    {
        public Task<string?> ReasonAgainstAsync(CancellationToken cancellationToken) => Task.FromResult(gate.Reason());
    }
}
