using DinOrleans.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Storage.Tests.Sqlite;

/// <summary>Writes share a transaction, and one that fails takes nothing of the others with it.</summary>
public sealed class SqliteWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("writer-").FullName;
    private readonly ServiceProvider _services;

    public SqliteWriterTests() => _services = new ServiceCollection().AddLogging().AddSqliteStorage(_folder).BuildServiceProvider();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SqliteWriter Writer => _services.GetRequiredService<SqliteWriter>();

    public void Dispose()
    {
        _services.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task WriteAsync_AloneAndFailing_LeavesNothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Writer.WriteAsync(Failing("a"), Cancellation));
        await Writer.WriteAsync(Setting("b"), Cancellation);
        Assert.Equal(["b"], await NamesAsync());
    }

    [Fact]
    public async Task WriteAsync_OneOfAGroupFailing_LeavesTheOthers()
    {
        // The first holds the writer until the others wait, so that those make one group.
        using var waiting = new ManualResetEventSlim();
        Task<int> first = Writer.WriteAsync(
            session =>
            {
                waiting.Wait(Cancellation);
                return Setting("a")(session);
            },
            Cancellation);
        Task<int>[] group = [Writer.WriteAsync(Setting("b"), Cancellation), Writer.WriteAsync(Failing("c"), Cancellation), Writer.WriteAsync(Setting("d"), Cancellation)];
        waiting.Set();
        await Task.WhenAll(first, group[0], group[2]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => group[1]);
        Assert.Equal(["a", "b", "d"], await NamesAsync());
    }

    private static Func<WriteSession, int> Setting(string name) => session => session.Execute("INSERT INTO settings VALUES ($0, '')", name);

    private static Func<WriteSession, int> Failing(string name) => session =>
    {
        Setting(name)(session);
        throw new InvalidOperationException("after its change");
    };

    private Task<List<string>> NamesAsync() => _services.GetRequiredService<SqliteDatabase>().ReadAsync(
        connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT name FROM settings ORDER BY name";
            using var reader = command.ExecuteReader();
            List<string> names = [];
            while (reader.Read())
            {
                names.Add(reader.GetString(0));
            }

            return names;
        },
        Cancellation);
}
