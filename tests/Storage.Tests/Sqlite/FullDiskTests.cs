using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Behaviours;
using DinOrleans.TestMachine;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Storage.Tests.Sqlite;

/// <summary>The embedded stores on a disk that runs full.</summary>
[Trait("Category", "Root")]
public sealed class FullDiskTests
{
    private const int DiskMegabytes = 8;
    private const int Callers = 8;
    private const int EventsACall = 50;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AppendAsync_OnAFullDisk_FailsEveryCallerRetryablyLosesNothingAndResumes()
    {
        using SmallDisk? disk = SmallDisk.TryMount(DiskMegabytes, out string whyNot);
        Assert.SkipWhen(disk is null, whyNot);
        disk.FillHalf();
        string folder = Path.Combine(disk.Path, "data");
        int[] acknowledged;
        await using (StoreProcess process = SqliteFolder.Start(folder))
        {
            IBehaviourLog log = process.Services.GetRequiredService<IBehaviourLog>();
            acknowledged = await Task.WhenAll(Enumerable.Range(0, Callers).Select(user => AppendUntilFullAsync(log, user)));
            Assert.All(acknowledged, calls => Assert.True(calls > 0));

            // Still full: refused again and again, and what was acknowledged can be read.
            await Assert.ThrowsAsync<StoreUnavailableException>(() => FillAsync(log));
            Assert.True((await log.ReadRecentAsync("u0", null, int.MaxValue, Cancellation)).Count >= acknowledged[0] * EventsACall);

            disk.Free();
            foreach ((int calls, int user) in acknowledged.Select((calls, user) => (calls, user)))
            {
                AppendResult retried = await log.AppendAsync(Events(user, calls), Cancellation);
                Assert.Equal(EventsACall, retried.Accepted + retried.Duplicates);
            }

            await AssertHeldAsync(log, acknowledged);
        }

        await using (StoreProcess restarted = SqliteFolder.Start(folder))
        {
            await AssertHeldAsync(restarted.Services.GetRequiredService<IBehaviourLog>(), acknowledged);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    /// <returns>Calls that were acknowledged before the first that was refused.</returns>
    private static async Task<int> AppendUntilFullAsync(IBehaviourLog log, int user)
    {
        for (int call = 0; ; call++)
        {
            try
            {
                await log.AppendAsync(Events(user, call), Cancellation);
            }
            catch (StoreUnavailableException)
            {
                return call;
            }
        }
    }

    /// <summary>One write is small enough to find a gap that a larger one did not; many are not.</summary>
    private static async Task FillAsync(IBehaviourLog log)
    {
        for (int call = 0; call < 1_000; call++)
        {
            await log.AppendAsync(Events(Callers, call), Cancellation);
        }
    }

    private static async Task AssertHeldAsync(IBehaviourLog log, int[] acknowledged)
    {
        for (int user = 0; user < Callers; user++)
        {
            string[] held = [.. (await log.ReadRecentAsync($"u{user}", null, int.MaxValue, Cancellation)).Select(e => e.EventId)];
            Assert.Equal(Enumerable.Range(0, acknowledged[user] + 1).SelectMany(call => Events(user, call)).Select(e => e.EventId), held);
        }
    }

    private static BehaviourEvent[] Events(int user, int call) =>
    [
        .. Enumerable.Range(call * EventsACall, EventsACall).Select(n => new BehaviourEvent
        {
            EventId = $"e{n}",
            UserId = $"u{user}",
            ItemId = $"i{n % 100}",
            Type = "click",
            Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(n),
        }),
    ];
}
