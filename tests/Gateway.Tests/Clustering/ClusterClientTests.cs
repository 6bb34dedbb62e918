using System.Globalization;
using System.Net;
using System.Text;
using DinOrleans.ClusterClient;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.TestMachine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DinOrleans.Gateway.Tests.Clustering;

[Collection(GatewayCollection.Name)]
public sealed class ClusterClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Gateway_StartedBeforeItsSilo_WaitsAndThenRanksOverTcp()
    {
        int[] ports = FreePort.Take(2);
        (int siloPort, int gatewayPort) = (ports[0], ports[1]);
        using var waits = new WaitRecorder();
        await using WebApplication gateway = Gateway(gatewayPort, waits);
        Task started = gateway.StartAsync(Cancellation);
        await waits.First.WaitAsync(Eventually.Timeout, Cancellation);

        using IHost silo = Silo(siloPort, gatewayPort);
        await silo.StartAsync(Cancellation);
        await started.WaitAsync(Eventually.Timeout, Cancellation);

        using var http = new HttpClient { BaseAddress = new Uri(gateway.Urls.First()) };
        using var body = new StringContent("""{"userId":"u","candidates":[{"itemId":"a"}]}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await http.PostAsync("/v1/rank", body, Cancellation);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await gateway.StopAsync(Cancellation);
        await silo.StopAsync(Cancellation);
    }

    private static WebApplication Gateway(int gatewayPort, WaitRecorder waits)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Cluster:ClusterId"] = "gateway-tests",
            ["Cluster:GatewayPort"] = gatewayPort.ToString(CultureInfo.InvariantCulture),
            ["Cluster:RetryEvery"] = "00:00:00.1",
            ["Gateway:RankingTimeout"] = "00:01:00",
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(waits);
        builder.AddDinOrleansGrainClient();
        builder.AddGateway();
        WebApplication app = builder.Build();
        app.MapGateway();
        return app;
    }

    private static IHost Silo(int siloPort, int gatewayPort)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(new ShopScript());
        builder.UseOrleans(silo => silo.UseLocalhostClustering(siloPort, gatewayPort, serviceId: "gateway-tests", clusterId: "gateway-tests"));
        return builder.Build();
    }

    /// <summary>Tells when the client has first failed to reach a silo.</summary>
    private sealed class WaitRecorder : ILoggerProvider, ILogger
    {
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task First => _first.Task;

        public ILogger CreateLogger(string categoryName) => categoryName == typeof(FirstConnection).FullName ? this : NullLogger.Instance;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _first.TrySetResult();

        public void Dispose()
        {
        }
    }
}
