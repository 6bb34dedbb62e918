using DinOrleans.Contracts.Keys;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Auth.Keys;

/// <summary>
/// Keeps the keys as the cluster has them, by asking it every two seconds, and makes a first key where none works that could make others.
/// </summary>
internal sealed partial class KeyFollower(
    KeyRing ring, IGrainFactory grains, IOptions<AuthOptions> options, FirstKeyOutput output, TimeProvider time, ILogger<KeyFollower> logger) : BackgroundService
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstAskEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long the cluster may take to answer. A silo that is lost takes the answer with it. The call after that must still come in time for the promise
    /// that a revoked key is refused within ten seconds.
    /// </summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(4);

    /// <summary>How long the cluster may take to start, beside this gateway, before that is worth a line.</summary>
    private static readonly TimeSpan StartTakes = TimeSpan.FromSeconds(10);

    private readonly ILogger _logger = logger;
    private readonly SemaphoreSlim _one = new(1);
    private (string Key, string Id, byte[] Hash)? _first = ApiKeyText.Draw();
    private long? _failingSince;
    private bool _isLost;

    private IApiKeysGrain Keys => grains.GetGrain<IApiKeysGrain>(0);

    /// <summary>Asks for the keys, once, now.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        // One after the other, so that an answer that was late does not replace a newer one.
        await _one.WaitAsync(cancellationToken);
        try
        {
            ring.Take(await Keys.FollowAsync(new(ring.Revision, ring.TakeUses()), cancellationToken));
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Mode != AuthMode.Keys)
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            await TryFollowAsync(stoppingToken);
            await Task.Delay(ring.Revision < 0 ? FirstAskEvery : AskEvery, time, stoppingToken);
        }
    }

    private async Task TryFollowAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(AnswerWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            await FollowAsync(either.Token);
            if (_first is { } first)
            {
                await MakeFirstAsync(first.Key, first.Id, first.Hash, either.Token);
                _first = null;
            }

            _failingSince = null;
            if (_isLost)
            {
                _isLost = false;
                LogFound();
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            _failingSince ??= time.GetTimestamp();
            if (!_isLost && (ring.Revision >= 0 || time.GetElapsedTime(_failingSince.Value) >= StartTakes))
            {
                _isLost = true;
                LogLost(options.Value.KeysMaxAge, late.IsCancellationRequested ? "It does not answer." : e.Message);
            }
        }
    }

    private async Task MakeFirstAsync(string key, string id, byte[] hash, CancellationToken cancellationToken)
    {
        // A key whose answer was lost may have been made all the same, so it is looked for.
        if (ring.HasAdmin(time.GetUtcNow()) && ring.Find(id) is null)
        {
            return;
        }

        await Keys.MakeFirstAsync(new() { Id = id, Note = "first key", Scopes = ApiScopes.All, Hash = hash }, cancellationToken);
        await FollowAsync(cancellationToken);
        if (ring.Find(id) is not null)
        {
            output.Print(key);
        }
    }

    [LoggerMessage(EventId = 211, Level = LogLevel.Warning, Message = "The cluster does not tell the API keys. The last ones, if there are any, are taken for {MaxAge} at most: {Reason}")]
    private partial void LogLost(TimeSpan maxAge, string reason);

    [LoggerMessage(EventId = 212, Level = LogLevel.Information, Message = "The cluster tells the API keys again")]
    private partial void LogFound();
}
