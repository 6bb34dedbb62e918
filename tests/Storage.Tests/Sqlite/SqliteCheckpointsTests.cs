using DinOrleans.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace DinOrleans.Storage.Tests.Sqlite;

/// <summary>The pages of the write-ahead log reach the database beside the writer, which would otherwise stop for thousands of them.</summary>
public sealed class SqliteCheckpointsTests : IDisposable
{
    private const int Megabytes = 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("checkpoints-").FullName;
    private readonly ServiceProvider _services;

    public SqliteCheckpointsTests() => _services = new ServiceCollection().AddLogging().AddSqliteStorage(_folder).BuildServiceProvider();

    private SqliteDatabase Database => _services.GetRequiredService<SqliteDatabase>();

    private long FileBytes => new FileInfo(Path.Combine(_folder, SqliteOptions.FileName)).Length;

    public void Dispose()
    {
        _services.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Follow_ManyPagesInTheLog_MovesThemOnAnotherThread()
    {
        using var session = new WriteSession(Database.Open(pooled: false));
        session.Execute("CREATE TABLE filler (text BLOB)");
        for (int i = 0; i < Megabytes; i++)
        {
            session.Execute("INSERT INTO filler VALUES (zeroblob(1000000))");
        }

        long before = FileBytes;
        var checkpoints = new SqliteCheckpoints(Database, TimeProvider.System, NullLogger.Instance);
        checkpoints.Follow(session);
        checkpoints.Wait();
        Assert.InRange(FileBytes, before + (Megabytes * 1_000_000L), long.MaxValue);
    }

    [Fact]
    public void Move_ConnectionThatHasNotRead_SaysSoInsteadOfDoingNothing()
    {
        Database.Prepare();
        using SqliteConnection connection = Database.Connect(pooled: false);
        Assert.Contains("has not opened", Assert.Throws<InvalidOperationException>(() => SqliteCheckpoints.Move(connection)).Message, StringComparison.Ordinal);
    }
}
