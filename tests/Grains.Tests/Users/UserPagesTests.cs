using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.Grains.Users;
using DinOrleans.Storage;
using DinOrleans.Storage.Behaviours;
using DinOrleans.Storage.Impressions;
using DinOrleans.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Grains.Tests.Users;

public sealed class UserPagesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("user-pages-").FullName;
    private readonly ServiceProvider _services;

    public UserPagesTests() => _services = new ServiceCollection().AddLogging().AddSqliteStorage(_folder).BuildServiceProvider();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IBehaviourLog Log => _services.GetRequiredService<IBehaviourLog>();

    private IImpressionLog Rankings => _services.GetRequiredService<IImpressionLog>();

    [Theory]
    [InlineData(1, 8)]
    [InlineData(3, 3)]
    [InlineData(5, 2)]
    [InlineData(7, 2)]
    [InlineData(8, 1)]
    [InlineData(1_000, 1)]
    public async Task ReadAsync_PageByPage_GivesEverythingOnceBehavioursFirst(int limit, int pages)
    {
        await Log.AppendAsync([.. Enumerable.Range(0, 5).Select(Event)], Cancellation);
        await Rankings.AppendAsync([.. Enumerable.Range(0, 3).Select(n => Ranking(n, 1))], Cancellation);
        List<UserPage> read = await AllAsync(limit);
        Assert.Equal(pages, read.Count);
        Assert.All(read, page => Assert.InRange(page.Behaviours.Count + page.Rankings.Count, 1, limit));
        Assert.Equal(["e0", "e1", "e2", "e3", "e4"], read.SelectMany(p => p.Behaviours).Select(e => e.EventId));
        Assert.Equal(["r0", "r1", "r2"], read.SelectMany(p => p.Rankings).Select(r => r.RankingId));
    }

    [Fact]
    public async Task ReadAsync_LongRankings_EndsAPageByItsBytes()
    {
        for (int n = 0; n < 60; n++)
        {
            await Rankings.AppendAsync([Ranking(n, 1_000)], Cancellation);
        }

        List<UserPage> read = await AllAsync(InputLimits.PageRows);
        Assert.True(read.Count > 5);
        Assert.All(read, page => Assert.True(page.Rankings.Sum(Footprint.Estimate) <= UserPages.MaxBytes));
        Assert.Equal(Enumerable.Range(0, 60).Select(n => $"r{n}"), read.SelectMany(p => p.Rankings).Select(r => r.RankingId));
    }

    [Fact]
    public async Task ReadAsync_UserOfWhomNothingIsHeld_IsOneEmptyPage()
    {
        UserPage page = Assert.Single(await AllAsync(10));
        Assert.Empty(page.Behaviours);
        Assert.Empty(page.Rankings);
    }

    public void Dispose()
    {
        _services.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static BehaviourEvent Event(int n) => new()
    {
        EventId = $"e{n}",
        UserId = "u",
        ItemId = "i",
        Type = "click",
        Timestamp = new DateTimeOffset(2026, 1, 1, 0, 0, n, TimeSpan.Zero),
    };

    private static LoggedRanking Ranking(int n, int items) => new()
    {
        RankingId = $"r{n}",
        UserId = "u",
        Timestamp = new DateTimeOffset(2026, 1, 1, 0, 0, n, TimeSpan.Zero),
        Items = [.. Enumerable.Range(0, items).Select(i => new Impression(new string('i', 196) + $"{i:d4}", 0.5f))],
    };

    private async Task<List<UserPage>> AllAsync(int limit)
    {
        List<UserPage> pages = [];
        string? after = null;
        do
        {
            pages.Add(await new UserPages(Log, Rankings).ReadAsync("u", new UserProfile(Contracts.EmptyFeatures.Instance), new(limit, after), Cancellation));
            after = pages[^1].Next;
        }
        while (after is not null);
        return pages;
    }
}
