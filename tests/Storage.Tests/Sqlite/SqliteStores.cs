using DinOrleans.Storage.Tests.Behaviours;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Storage.Tests.Sqlite;

/// <summary>Embedded stores in a temporary folder.</summary>
internal sealed class SqliteFolder
{
    public string Path { get; } = Directory.CreateTempSubdirectory("stores-").FullName;

    public Task<StoreProcess> StartAsync() =>
        Task.FromResult(new StoreProcess(new ServiceCollection().AddLogging().AddSqliteStorage(Path).BuildServiceProvider()));

    public Task RemoveAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
        return Task.CompletedTask;
    }
}

public sealed class SqliteBehaviourLogTests : BehaviourLogTests
{
    private readonly SqliteFolder _folder = new();

    protected override Task<StoreProcess> StartAsync() => _folder.StartAsync();

    protected override Task RemoveAsync() => _folder.RemoveAsync();
}
