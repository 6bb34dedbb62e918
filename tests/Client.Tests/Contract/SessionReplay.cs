using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using DinOrleans.TestMachine.Contract;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Client.Tests.Contract;

/// <summary>Calls of the client, each of which must send what was recorded and read what was answered.</summary>
internal sealed class SessionReplay(SessionFile session, ReplayServer server) : IAsyncDisposable
{
    private readonly List<ServiceProvider> _providers = [];
    private readonly List<string> _called = [];

    /// <summary>The names of the exchanges that were asked for, in order.</summary>
    public IReadOnlyList<string> Called => _called;

    /// <summary>Makes a client.</summary>
    public IDinOrleansClient Client(string key)
    {
        var services = new ServiceCollection();
        services.AddDinOrleansClient(o => (o.Address, o.Key, o.Patience) = (server.Address, key, TimeSpan.Zero));
        ServiceProvider provider = services.BuildServiceProvider();
        _providers.Add(provider);
        return provider.GetRequiredService<IDinOrleansClient>();
    }

    /// <summary>Notes a call without an answer to read.</summary>
    public async Task DoneAsync(string name, Task call)
    {
        _called.Add(name);
        await call;
    }

    /// <summary>The answer of a call has what was recorded.</summary>
    /// <param name="name">The exchange.</param>
    /// <param name="call">The call.</param>
    /// <param name="member">The member of the recorded answer that the call returns. Null for all of it.</param>
    public async Task<T> SameAsync<T>(string name, Task<T> call, string? member = null)
    {
        _called.Add(name);
        T answer = await call;
        JsonNode? recorded = session.Find(name).AnswerBody;
        string? difference = Difference(JsonSerializer.SerializeToNode(answer, JsonSerializerOptions.Web), member is null ? recorded : recorded![member], name);
        Assert.True(difference is null, difference);
        return answer;
    }

    /// <summary>A call finds nothing, which was recorded as 404.</summary>
    public async Task MissingAsync<T>(string name, Task<T?> call)
        where T : class
    {
        _called.Add(name);
        Assert.Equal((int)HttpStatusCode.NotFound, session.Find(name).Status);
        Assert.Null(await call);
    }

    /// <summary>A call fails as recorded.</summary>
    public async Task RefusedAsync(string name, Func<Task> call)
    {
        _called.Add(name);
        SessionExchange recorded = session.Find(name);
        DinOrleansException refusal = await Assert.ThrowsAsync<DinOrleansException>(call);
        Assert.Equal(recorded.Status, (int?)refusal.Status);
        Assert.Equal(recorded.AnswerBody!["errors"]!.AsArray().Select(e => new BrokenRule((string)e!["field"]!, (string)e["rule"]!)), refusal.Errors);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceProvider provider in _providers)
        {
            await provider.DisposeAsync();
        }
    }

    /// <summary>Says where what a client has read differs from what was answered. What was not answered must be empty.</summary>
    private static string? Difference(JsonNode? read, JsonNode? answered, string path) => (read, answered) switch
    {
        (JsonObject one, JsonObject other) => one.Select(m => Difference(m.Value, other[m.Key], $"{path}.{m.Key}")).FirstOrDefault(d => d is not null),
        (JsonArray one, JsonArray other) when one.Count == other.Count => one.Select((e, i) => Difference(e, other[i], $"{path}[{i}]")).FirstOrDefault(d => d is not null),
        (_, null) => IsEmpty(read) ? null : $"{path} is {read!.ToJsonString()} and was not answered",
        _ => JsonDifference.Find(answered, read, path: path),
    };

    private static bool IsEmpty(JsonNode? value) => value switch
    {
        null => true,
        JsonArray elements => elements.Count == 0,
        JsonObject members => members.Count == 0,
        _ => value.ToJsonString() is "false" or "0",
    };
}
