using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Storage.Tests.Sqlite;

public sealed class SqliteReadingTests : ReadingTests
{
    private readonly SqliteFolder _folder = new();

    [Fact]
    public async Task Start_FolderWithoutADatabase_ThrowsAndMakesNone()
    {
        await using StoreProcess reader = StartReading();
        await Assert.ThrowsAsync<FileNotFoundException>(() => reader.Services.GetRequiredService<StoreStart>().StartingAsync(Cancellation));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Write_IsRefused()
    {
        await Store<IItemStore>().PutAsync([], Cancellation);
        await using StoreProcess reader = StartReading();
        await Assert.ThrowsAsync<InternalErrorException>(
            () => reader.Services.GetRequiredService<IItemStore>().PutAsync([new Item("i1", EmptyFeatures.Instance)], Cancellation));
    }

    protected override Task<StoreProcess> StartAsync() => _folder.StartAsync();

    protected override Task RemoveAsync() => _folder.RemoveAsync();

    protected override StoreProcess StartReading() => new(new ServiceCollection().AddLogging().AddSqliteReading(_folder.Path).BuildServiceProvider());

    protected override Task SetVersionAsync(int version)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, SqliteOptions.FileName)};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"PRAGMA user_version = {version}";
        command.ExecuteNonQuery();
        return Task.CompletedTask;
    }
}
