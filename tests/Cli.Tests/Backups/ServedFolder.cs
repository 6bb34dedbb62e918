using DinOrleans.Contracts;
using DinOrleans.Contracts.Models;
using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Artifacts;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Erasures;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Folders;
using DinOrleans.Storage.Registry;
using DinOrleans.Storage.Sqlite;
using DinOrleans.TestShop;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Cli.Tests.Backups;

/// <summary>A data folder with its lock and stores open, as a server has them.</summary>
internal sealed class ServedFolder : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly FolderLock _lock;

    public ServedFolder(string path)
    {
        Path = path;
        _lock = FolderLock.Take(path);
        _services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddSqliteStorage(path).BuildServiceProvider();
        _services.GetRequiredService<ErasureJournal>().Open();
    }

    public string Path { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IBehaviourLog Log => _services.GetRequiredService<IBehaviourLog>();

    /// <summary>Writes a version into a folder of versions.</summary>
    /// <returns>The version's folder.</returns>
    public static string WriteVersion(string folder, int seed) => UntrainedArtifact.Write(folder, SmallShop.Schema, SmallShop.Values, seed: seed);

    /// <summary>Appends events of users u0, u1, … and puts their profiles.</summary>
    public async Task FillAsync(int users, int eventsAUser)
    {
        await _services.GetRequiredService<IProfileStore>().PutAsync(
            [.. Enumerable.Range(0, users).Select(u => new KeyValuePair<string, UserProfile>($"u{u}", new UserProfile(EmptyFeatures.Instance)))], Cancellation);
        await AppendAsync(users, 0, eventsAUser);
    }

    /// <summary>Appends events of users u0, u1, …</summary>
    public async Task AppendAsync(int users, int first, int eventsAUser)
    {
        BehaviourEvent[] events =
        [
            .. from user in Enumerable.Range(0, users)
               from n in Enumerable.Range(first, eventsAUser)
               select new BehaviourEvent { EventId = $"e{n}", UserId = $"u{user}", ItemId = $"i{n % 20}", Type = "click", Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(n) },
        ];
        Assert.Equal(events.Length, (await Log.AppendAsync(events, Cancellation)).Accepted);
    }

    /// <summary>Erases a user as the grain does.</summary>
    public async Task EraseAsync(string user)
    {
        await Log.EraseUserAsync(user, Cancellation);
        await _services.GetRequiredService<IProfileStore>().DeleteAsync(user, Cancellation);
    }

    /// <summary>Imports a version and records it as the active one.</summary>
    public async Task<string> PublishAsync(string folder)
    {
        string version = await _services.GetRequiredService<IArtifactStore>().ImportAsync(folder, Cancellation);
        IRegistryStore registry = _services.GetRequiredService<IRegistryStore>();
        RegistryState state = await registry.ReadAsync(Cancellation);
        var info = new ModelVersionInfo { Version = version, Kind = "din", PublishedAt = DateTimeOffset.UtcNow, Metrics = new Dictionary<string, double>() };
        Assert.True(await registry.TryWriteAsync(new(state.Revision, state.Activation with { Active = version }) { Put = info }, Cancellation));
        return version;
    }

    /// <summary>The number of events of each user who has any.</summary>
    public async Task<Dictionary<string, int>> EventsAsync() =>
        (await Log.ReadAllAsync(Cancellation).ToListAsync(Cancellation)).CountBy(e => e.UserId).ToDictionary(c => c.Key, c => c.Value);

    /// <summary>The users who have a profile.</summary>
    public async Task<List<string>> ProfilesAsync() =>
        await _services.GetRequiredService<IProfileStore>().ReadAllAsync(Cancellation).Select(p => p.Key).ToListAsync(Cancellation);

    /// <summary>The active version.</summary>
    public async Task<string?> ActiveAsync() => (await _services.GetRequiredService<IRegistryStore>().ReadAsync(Cancellation)).Activation.Active;

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _lock.Dispose();
    }
}
