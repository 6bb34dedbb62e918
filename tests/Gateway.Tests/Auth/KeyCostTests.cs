using System.Diagnostics;
using DinOrleans.Contracts.Keys;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Auth.Keys;
using DinOrleans.TestMachine;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Tests.Auth;

/// <summary>A key is checked on every request, so it must cost little.</summary>
public sealed class KeyCostTests
{
    private const int Requests = 20_000;

    [Fact]
    public void Identify_AKnownKeyAmongMany_AllocatesNothing()
    {
        IOptions<AuthOptions> options = Options.Create(new AuthOptions { RequestsPerSecond = 1_000_000, Burst = 1_000_000 });
        var ring = new KeyRing(new TokenBuckets(options, TimeProvider.System), options, TimeProvider.System);
        (string Key, string Id, byte[] Hash)[] keys = [.. Enumerable.Range(0, ApiKeyRules.MaxKeys).Select(_ => ApiKeyText.Draw())];
        ring.Take(new(1, [.. keys.Select(k => new HashedApiKey(
            new ApiKeyInfo { Id = k.Id, Note = "n", Scopes = [ApiScopes.Rank], CreatedAt = DateTimeOffset.UnixEpoch, ExpiresAt = DateTimeOffset.MaxValue }, k.Hash))]));
        var callers = new KeyCallers(ring, TimeProvider.System);
        var http = new DefaultHttpContext();
        http.Request.Headers.Authorization = "Bearer " + keys[^1].Key;
        Assert.NotNull(Identify(callers, http).Caller);

        long start = Stopwatch.GetTimestamp();
        long allocated = Allocation.Of(() =>
        {
            for (int i = 0; i < Requests; i++)
            {
                Identify(callers, http).Caller!.Bucket!.TryTake(out _);
            }
        });

        Assert.Equal(0, allocated);
        TestContext.Current.TestOutputHelper?.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms for a few times {Requests} requests");
    }

    private static Identified Identify(KeyCallers callers, HttpContext http)
    {
        ValueTask<Identified> identified = callers.IdentifyAsync(http);
        return identified.IsCompletedSuccessfully ? identified.Result : throw new InvalidOperationException("A key is checked without waiting.");
    }
}
