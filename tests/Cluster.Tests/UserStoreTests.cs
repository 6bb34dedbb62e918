using System.Collections.Concurrent;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Users;
using DinOrleans.TestMachine;
using Npgsql;

namespace DinOrleans.Cluster.Tests;

/// <summary>A user's grain and its stores, which may be slow or away, seen by a client of the cluster.</summary>
public sealed class UserStoreTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static RankQuery Query { get; } = new() { Candidates = ["i1", "i2"] };

    [Fact]
    public async Task PutProfileAsync_AnswersInAnotherOrderThanTheCommits_MemoryHasWhatTheStoreHas()
    {
        (ShopCluster shop, HookedProfiles profiles) = await HookedStores.StartWithProfilesAsync();
        await using ShopCluster disposing = shop;
        var answers = new ConcurrentQueue<TaskCompletionSource>();
        profiles.AfterPut = () =>
        {
            var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            answers.Enqueue(answer);
            return answer.Task;
        };
        List<Task> puts = [];
        foreach (string age in (string[])["20-29", "30-39"])
        {
            // One after the other is committed, and neither is answered yet.
            puts.Add(shop.User("u").PutProfileAsync(Profile(age), Cancellation));
            await Eventually.BecomesAsync("the profile is put", () => answers.Count, count => count == puts.Count, cancellationToken: Cancellation);
        }

        foreach (TaskCompletionSource answer in answers.Reverse())
        {
            answer.SetResult();
        }

        await Task.WhenAll(puts);
        Assert.Equal("30-39", (await profiles.GetAsync("u", Cancellation))!.Features["age_band"]);
        Assert.Equal("30-39", (await shop.User("u").GetAsync(new(), Cancellation)).Profile.Features["age_band"]);
    }

    [Fact]
    public async Task PutProfileAsync_CommittedButItsAnswerLost_MemoryHasWhatTheStoreHas()
    {
        (ShopCluster shop, HookedProfiles profiles) = await HookedStores.StartWithProfilesAsync();
        await using ShopCluster disposing = shop;
        await shop.User("u").PutProfileAsync(Profile("20-29"), Cancellation);
        profiles.AfterPut = () => throw new StoreUnavailableException("The connection was lost.");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => shop.User("u").PutProfileAsync(Profile("30-39"), Cancellation));
        Assert.Equal("30-39", (await shop.User("u").GetAsync(new(), Cancellation)).Profile.Features["age_band"]);
    }

    [Fact]
    public async Task RankAsync_StoreAwayForAUserNotInMemory_IsUnavailableAndServedWhenItIsBack()
    {
        (ShopCluster shop, HookedLog log) = await HookedStores.StartWithLogAsync();
        await using ShopCluster disposing = shop;
        log.BeforeRead = () => throw new StoreUnavailableException("The database cannot be read now.");
        var e = await Assert.ThrowsAsync<StoreUnavailableException>(() => shop.User("u").RankAsync(Query, Cancellation));
        Assert.Equal("The database cannot be read now.", e.Message);
        log.BeforeRead = () => Task.CompletedTask;
        Assert.Equal(2, (await shop.User("u").RankAsync(Query, Cancellation)).Items.Count);
    }

    [Fact]
    public async Task AppendAsync_UserNotInMemory_DoesNotReadTheHistory()
    {
        (ShopCluster shop, HookedLog log) = await HookedStores.StartWithLogAsync();
        await using ShopCluster disposing = shop;
        log.BeforeRead = () => throw new InvalidOperationException("An append needs no history.");
        Assert.Equal(new AppendResult(1, 0), await shop.User("u").AppendAsync([ShopCluster.Click("u", "i1", 1)], Cancellation));
    }

    [Fact]
    public async Task AppendAsync_FailingWithAnErrorOfALibrary_TellsTheClientNothingOfIt()
    {
        (ShopCluster shop, HookedLog log) = await HookedStores.StartWithLogAsync();
        await using ShopCluster disposing = shop;
        log.BeforeAppend = () => throw new NpgsqlException("Failed to connect to db.internal", new IOException("db.internal"));
        var e = await Assert.ThrowsAsync<InternalErrorException>(() => shop.User("u").AppendAsync([ShopCluster.Click("u", "i1", 1)], Cancellation));
        Assert.DoesNotContain("db.internal", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppendAsync_WhileTheHistoryIsRead_IsInTheNextRankingOnce()
    {
        (ShopCluster shop, HookedLog log) = await HookedStores.StartWithLogAsync();
        await using ShopCluster disposing = shop;
        await shop.PutItemsAsync();
        await shop.PublishAsync();
        await shop.User("u").AppendAsync([ShopCluster.Click("u", "i1", 1)], Cancellation);
        var wasRead = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goesOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        log.AfterRead = () =>
        {
            wasRead.TrySetResult();
            return goesOn.Task;
        };
        Task<Ranking> first = shop.User("u").RankAsync(Query, Cancellation);
        await wasRead.Task.WaitAsync(Patience, Cancellation);
        await shop.User("u").AppendAsync([ShopCluster.Click("u", "i2", 2)], Cancellation);
        goesOn.SetResult();
        Assert.Equal(2, (await first.WaitAsync(Patience, Cancellation)).HistoryLength);
        Assert.Equal(2, (await shop.User("u").RankAsync(Query, Cancellation)).HistoryLength);
    }

    [Fact]
    public async Task EraseAsync_ThenAnEventFromBefore_IsToldAsErased()
    {
        await using ShopCluster shop = await ShopCluster.StartAsync();
        await shop.User("u").AppendAsync([ShopCluster.Click("u", "i1", 1)], Cancellation);
        await shop.User("u").EraseAsync(Cancellation);
        Assert.Equal(new AppendResult(0, 0, 1), await shop.User("u").AppendAsync([ShopCluster.Click("u", "i1", 1)], Cancellation));
        Assert.Empty((await shop.User("u").GetAsync(new(), Cancellation)).Behaviours);
    }

    private static UserProfile Profile(string age) => new(new Dictionary<string, string> { ["age_band"] = age });
}
