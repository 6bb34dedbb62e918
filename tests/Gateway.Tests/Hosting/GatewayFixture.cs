using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace DinOrleans.Gateway.Tests.Hosting;

/// <summary>The gateway on Kestrel as a client of a silo whose grains follow a script.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    private InProcessTestCluster _cluster = null!;
    private WebApplication _app = null!;

    public ShopScript Script { get; } = new();

    public FakeTimeProvider Time { get; } = new(ShopScript.Noon);

    public LogRecorder Logs { get; } = new();

    public HttpClient Http { get; private set; } = null!;

    public IGrainFactory Grains => _cluster.Client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services.AddSingleton(Script));
        _cluster = builder.Build();
        await _cluster.DeployAsync();

        // Time stands still, so a call that is repeated later would wait for ever.
        _app = await StartAsync(Grains, Time, ("Gateway:RepeatCallsFor", "00:00:00"));
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    /// <summary>A gateway of its own, for a test that needs another clock, cluster or setting.</summary>
    public Task<WebApplication> StartAsync(IGrainFactory grains, TimeProvider time, params (string Key, string Value)[] settings) =>
        StartAsync(grains, time, Logs, _ => { }, settings);

    /// <summary>A gateway of its own, for a test that needs other services or its own log.</summary>
    public static async Task<WebApplication> StartAsync(
        IGrainFactory grains, TimeProvider time, LogRecorder logs, Action<IServiceCollection> configure, params (string Key, string Value)[] settings)
    {
        WebApplicationBuilder web = WebApplication.CreateSlimBuilder();

        // A busy machine may take longer for a ranking than a caller would wait. A clock of a test's own says itself how long it takes.
        web.Configuration.AddInMemoryCollection(
            settings.Prepend(("Gateway:RankingTimeout", time == TimeProvider.System ? "00:01:00" : "00:00:05")).Select(s => KeyValuePair.Create(s.Item1, (string?)s.Item2)));
        web.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        web.Logging.ClearProviders().SetMinimumLevel(logs.Lowest).AddProvider(logs);
        web.Services.AddSingleton(grains);
        web.Services.AddSingleton(time);
        configure(web.Services);
        web.AddGateway();
        WebApplication app = web.Build();
        app.MapGateway();
        app.MapGet("/fails", string () => throw new InvalidOperationException("a secret")).ExcludeFromDescription();
        await app.StartAsync(Cancellation);
        return app;
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    /// <summary>A service of the gateway.</summary>
    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public Task<HttpResponseMessage> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"),
        };
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Http.SendAsync(request, Cancellation);
    }

    /// <summary>Sends and reads the answer's JSON.</summary>
    public async Task<JsonElement> JsonAsync(HttpMethod method, string path, string? json = null)
    {
        using HttpResponseMessage response = await SendAsync(method, path, json);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }
}

/// <summary>Tests that share the gateway, and its clock, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class GatewayCollection : ICollectionFixture<GatewayFixture>
{
    public const string Name = "gateway";
}
