using DinOrleans.Contracts;
using DinOrleans.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

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

    [Fact]
    public async Task WriteAsync_OneOfAGroupBreakingAConstraint_FailsForGoodAndLeavesTheOthers()
    {
        await Writer.WriteAsync(Setting("a"), Cancellation);
        using var waiting = new ManualResetEventSlim();
        Task<int> first = Writer.WriteAsync(
            session =>
            {
                waiting.Wait(Cancellation);
                return Setting("b")(session);
            },
            Cancellation);
        Task<int>[] group = [Writer.WriteAsync(Setting("c"), Cancellation), Writer.WriteAsync(Setting("a"), Cancellation), Writer.WriteAsync(Setting("d"), Cancellation)];
        waiting.Set();
        await Task.WhenAll(first, group[0], group[2]);
        var e = await Assert.ThrowsAsync<InternalErrorException>(() => group[1]);
        Assert.Null(e.InnerException);
        Assert.DoesNotContain("settings", e.Message, StringComparison.Ordinal);
        Assert.Equal(["a", "b", "c", "d"], await NamesAsync());
    }

    [Fact]
    public async Task Execute_ParametersOutOfOrderAndUsedTwice_BindsEachByItsNumber()
    {
        await Writer.WriteAsync(
            session =>
            {
                session.Execute("INSERT INTO settings (value, name) VALUES ($1 || $0 || $1, $0)", "k", "v");
                return session.Execute("UPDATE settings SET value = value || $1 WHERE name = $0 AND $1 = 7", "k", 7);
            },
            Cancellation);

        Assert.Equal("vkv7", await Writer.WriteAsync(session => session.Scalar("SELECT value FROM settings WHERE name = $0", "k"), Cancellation));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Grüße, 世界 \U0001F600")]
    [InlineData(null)]
    public async Task Scalar_OfAnyValue_IsWhatWasStored(string? text)
    {
        string? stored = text ?? new string('ö', 1_000);
        Assert.Equal(stored, await Writer.WriteAsync(session => session.Scalar("SELECT $0", stored), Cancellation));
        Assert.Equal((byte[])[], await Writer.WriteAsync(session => session.Scalar("SELECT $0", new object[] { Array.Empty<byte>() }), Cancellation));
        Assert.Equal(-0.5, await Writer.WriteAsync(session => session.Scalar("SELECT $0", -0.5), Cancellation));
        Assert.Equal(long.MinValue, await Writer.WriteAsync(session => session.Scalar("SELECT $0", long.MinValue), Cancellation));
        Assert.Null(await Writer.WriteAsync(session => session.Scalar("SELECT $0", [null]), Cancellation));
    }

    [Fact]
    public async Task Execute_OtherNumberOfValuesOrAnotherType_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Writer.WriteAsync(session => session.Execute("INSERT INTO settings VALUES ($0, $1)", "a"), Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Writer.WriteAsync(session => session.Execute("INSERT INTO settings VALUES ($0, '')", DateTime.UnixEpoch), Cancellation));
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task WriteAsync_MoreBytesThanMayWait_IsRefusedUntilTheyAreWritten()
    {
        using var waiting = new ManualResetEventSlim();
        long limit = _services.GetRequiredService<IOptions<SqliteOptions>>().Value.QueueBytes;
        Task<int> first = Writer.WriteAsync(
            session =>
            {
                waiting.Wait(Cancellation);
                return Setting("a")(session);
            },
            limit - 10,
            Cancellation);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Writer.WriteAsync(Setting("b"), 11, Cancellation));
        Task<int> last = Writer.WriteAsync(Setting("c"), 10, Cancellation);
        waiting.Set();
        await Task.WhenAll(first, last);
        await Resumption.ResumedAsync(() => Writer.WriteAsync(Setting("d"), limit, Cancellation), Cancellation);
        Assert.Equal(["a", "c", "d"], await NamesAsync());
    }

    [Fact]
    public async Task NextArrival_AfterFailedWritesAndAnotherSession_IsGreaterThanAnyBefore()
    {
        long first = await Writer.WriteAsync(session => session.NextArrival(), Cancellation);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Writer.WriteAsync<long>(
            session => throw new InvalidOperationException($"after number {session.NextArrival()}"), Cancellation));
        long second = await Writer.WriteAsync(session => session.NextArrival(), Cancellation);
        Assert.True(second > first);

        await using StoreProcess next = SqliteFolder.Start(_folder);
        Writer.Dispose();
        long third = await next.Services.GetRequiredService<SqliteWriter>().WriteAsync(session => session.NextArrival(), Cancellation);
        Assert.True(third > second);
    }

    [Fact]
    public async Task NextArrival_ReservationThatWasUndone_IsMadeAgain()
    {
        // The first number reserves a block, and its write is undone together with the reservation.
        long undone = 0;
        await Assert.ThrowsAsync<InvalidOperationException>(() => Writer.WriteAsync<long>(
            session => throw new InvalidOperationException($"{undone = session.NextArrival()}"), Cancellation));
        long given = await Writer.WriteAsync(session => session.NextArrival(), Cancellation);
        Assert.True(given > undone);
        await using StoreProcess next = SqliteFolder.Start(_folder);
        Writer.Dispose();
        Assert.True(await next.Services.GetRequiredService<SqliteWriter>().WriteAsync(session => session.NextArrival(), Cancellation) > given);
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
            command.CommandText = "SELECT name FROM settings WHERE length(name) = 1 ORDER BY name";
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
