using System.Text;
using DinOrleans.Contracts.Users;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Features;
using DinOrleans.Storage.Impressions;
using DinOrleans.Storage.Sqlite;
using DinOrleans.TestMachine;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Storage.Tests.Sqlite;

/// <summary>What is left of an erased user in the files of the embedded database.</summary>
public sealed class ErasureOnDiskTests : IDisposable
{
    private const int Events = 200;
    private const string Secret = "only-of-the-erased";

    private readonly string _folder = Directory.CreateTempSubdirectory("erasure-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Erase_ThenTheRawFiles_HoldNothingButTheTombstonesId()
    {
        await using StoreProcess process = SqliteFolder.Start(_folder);
        IBehaviourLog log = process.Services.GetRequiredService<IBehaviourLog>();
        IImpressionLog impressions = process.Services.GetRequiredService<IImpressionLog>();
        IProfileStore profiles = process.Services.GetRequiredService<IProfileStore>();
        for (int n = 0; n < Events; n++)
        {
            await log.AppendAsync([Event("erased", n, Secret), Event("kept", n, "of-another")], Cancellation);
            await impressions.AppendAsync([Ranking("erased", n, Secret), Ranking("kept", n, "of-another")], Cancellation);
        }

        await profiles.PutAsync([Profile("erased", Secret), Profile("kept", "of-another")], Cancellation);
        Assert.True(Occurrences(Secret) > 4 * Events);

        await log.EraseUserAsync("erased", Cancellation);
        await impressions.EraseUserAsync("erased", Cancellation);
        await profiles.DeleteAsync("erased", Cancellation);

        // The acknowledgement does not wait for the file to be rewritten.
        await Eventually.BecomesAsync("the file holds nothing of the user", () => Occurrences(Secret), left => left == 0, cancellationToken: Cancellation);
        Assert.Equal(Events, (await log.ReadRecentAsync("kept", null, int.MaxValue, Cancellation)).Count);
        Assert.Equal(Events, (await impressions.ReadAfterAsync("kept", default, int.MaxValue, Cancellation)).Count);
    }

    [Fact]
    public async Task Erase_ThenACleanStop_LeavesNothingInTheFile()
    {
        await using (StoreProcess process = SqliteFolder.Start(_folder))
        {
            IProfileStore profiles = process.Services.GetRequiredService<IProfileStore>();
            await profiles.PutAsync([Profile("erased", Secret)], Cancellation);
            await profiles.DeleteAsync("erased", Cancellation);
        }

        SqliteConnection.ClearAllPools();
        Assert.Equal(0, Occurrences(Secret));
    }

    [Fact]
    public async Task Erase_ByAProcessThatIsKilledBeforeItRewritesTheFile_IsFinishedByTheNext()
    {
        await using (StoreProcess process = SqliteFolder.Start(_folder))
        {
            IBehaviourLog log = process.Services.GetRequiredService<IBehaviourLog>();
            for (int n = 0; n < Events; n++)
            {
                await log.AppendAsync([Event("erased", n, Secret), Event("kept", n, "of-another")], Cancellation);
            }

            // The erasure as it is on disk before anything of the file is rewritten.
            await process.Services.GetRequiredService<SqliteWriter>().WriteAsync(
                session =>
                {
                    SqliteCompaction.Ask(session);
                    session.HasErased = false;
                    return EventRemoval.All(session, session.Number("users", "user_id", "erased"));
                },
                Cancellation);
        }

        SqliteConnection.ClearAllPools();
        await using (StoreProcess next = SqliteFolder.Start(_folder))
        {
            // Its first write opens the file.
            await next.Services.GetRequiredService<IProfileStore>().PutAsync([Profile("kept", "of-another")], Cancellation);
        }

        SqliteConnection.ClearAllPools();
        Assert.Equal(0, Occurrences(Secret));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static BehaviourEvent Event(string user, int n, string mark) => new()
    {
        EventId = $"{mark}-e{n}",
        UserId = user,
        ItemId = $"i{n % 10}",
        Type = "click",
        Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(n),
        RankingId = $"{mark}-r{n}",
        Context = new Dictionary<string, string> { ["note"] = $"{mark}-c{n}" + new string('.', 20 * (n % 7)) },
    };

    private static LoggedRanking Ranking(string user, int n, string mark) => new()
    {
        RankingId = $"{mark}-r{n}",
        UserId = user,
        Timestamp = DateTimeOffset.UnixEpoch.AddSeconds(n),
        Context = new Dictionary<string, string> { ["note"] = $"{mark}-c{n}" },
        Items = [.. Enumerable.Range(0, n % 100).Select(i => new Impression($"{mark}-i{i}", 0.5f))],
    };

    private static KeyValuePair<string, UserProfile> Profile(string user, string mark) =>
        new(user, new UserProfile(new Dictionary<string, string> { ["city"] = mark }));

    private int Occurrences(string text)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(text);
        int found = 0;
        foreach (string file in Directory.GetFiles(_folder, SqliteOptions.FileName + "*"))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[stream.Length];
            ReadOnlySpan<byte> left = bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
            for (int at = left.IndexOf(wanted); at >= 0; at = left.IndexOf(wanted))
            {
                found++;
                left = left[(at + wanted.Length)..];
            }
        }

        return found;
    }
}
