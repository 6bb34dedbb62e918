using System.Net.Http.Headers;
using System.Text;
using DinOrleans.Contracts.Keys;
using DinOrleans.Gateway.Auth.Keys;
using DinOrleans.Gateway.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace DinOrleans.Gateway.Tests.Auth;

/// <summary>A gateway of its own that asks for keys or tokens.</summary>
public sealed class KeyedGateway : IAsyncDisposable
{
    private readonly GatewayFixture _shared;

    private KeyedGateway(GatewayFixture shared, WebApplication app, LogRecorder logs, FakeTimeProvider time, StringWriter output)
    {
        _shared = shared;
        App = app;
        Logs = logs;
        Time = time;
        Output = output;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public WebApplication App { get; }

    public HttpClient Http { get; }

    /// <summary>Everything that was logged.</summary>
    public LogRecorder Logs { get; }

    public FakeTimeProvider Time { get; }

    /// <summary>What was printed for the operator.</summary>
    public StringWriter Output { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts a gateway that has asked for the keys once. Time stands still for it.</summary>
    public static Task<KeyedGateway> StartAsync(GatewayFixture shared, params (string Key, string Value)[] settings) =>
        StartAsync(shared, follows: true, [("Auth:Mode", "Keys"), .. settings]);

    public static async Task<KeyedGateway> StartAsync(GatewayFixture shared, bool follows, params (string Key, string Value)[] settings)
    {
        var logs = new LogRecorder { Lowest = LogLevel.Trace };
        var time = new FakeTimeProvider(ShopScript.Noon);
        var output = new StringWriter();
        WebApplication app = await GatewayFixture.StartAsync(
            shared.Grains, time, logs, services => services.AddSingleton(new FirstKeyOutput(TextWriter.Synchronized(output))), settings);
        var gateway = new KeyedGateway(shared, app, logs, time, output);
        if (follows)
        {
            await gateway.FollowAsync();
        }

        return gateway;
    }

    public Task FollowAsync() => App.Services.GetRequiredService<KeyFollower>().FollowAsync(Cancellation);

    /// <summary>Puts a key into the cluster and has the gateway follow.</summary>
    public async Task<string> AddKeyAsync(Func<ApiKeyInfo, ApiKeyInfo> change, params string[] scopes)
    {
        (string key, string id, byte[] hash) = ApiKeyText.Draw();
        _shared.Script.Keys[id] = new(change(new ApiKeyInfo { Id = id, Note = "test", Scopes = scopes, CreatedAt = ShopScript.Noon }), hash);
        await FollowAsync();
        return key;
    }

    public Task<string> AddKeyAsync(params string[] scopes) => AddKeyAsync(info => info, scopes);

    /// <summary>Sends a request with a key or token; null for none.</summary>
    public async Task<HttpResponseMessage> SendAsync(string? key, HttpMethod method, string path, string? body = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, contentType),
        };
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return await Http.SendAsync(request, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.DisposeAsync();
        await Output.DisposeAsync();
    }
}
