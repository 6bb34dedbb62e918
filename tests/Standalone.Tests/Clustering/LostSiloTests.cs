using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Clustering;

/// <summary>
/// Silos that hang or die. The cluster gets over both by itself. How soon it does follows from settings, which <c>SiloHostingTests</c> of the cluster's tests
/// asserts.
/// </summary>
[Trait("Category", "PostgreSql")]
[Trait("Category", "Slow")]
public sealed class LostSiloTests
{
    private const int Users = 40;

    /// <summary>
    /// How many users a silo holds at least. Each gateway sends about half of all calls through one silo and half through the other, whoever holds the user. So
    /// half of the calls for these meet the frozen silo by chance, and all of them hardly ever.
    /// </summary>
    private const int Enough = 10;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silo_Frozen_IsVotedOutWhileOthersRankOn()
    {
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync();
        int users = await UsersOnBothSilosAsync(cluster);
        cluster.Silo(1).Freeze();

        Answer[] answers = await RankDuringAsync(cluster, users, () => WaitUntilAllRankAsync(cluster, users));

        AssertServedOr503(answers);
        ILookup<bool, Answer[]> byRefused = answers.GroupBy(a => (a.User, a.Gateway)).Select(g => g.ToArray())
            .ToLookup(all => all.Any(a => a.Status != HttpStatusCode.OK));
        Assert.NotEmpty(byRefused[true]);
        Assert.NotEmpty(byRefused[false]);

        // It learns that it was voted out, and must not serve on.
        cluster.Silo(1).Thaw();
        await Eventually.BecomesAsync("the frozen silo has ended", () => cluster.Silo(1).HasExited, ended => ended, cancellationToken: Cancellation);
        await WaitUntilAllRankAsync(cluster, users);
    }

    [Fact]
    public async Task Silos_AllKilledAndOneStartedAgain_IsNotHeldUpByTheRowsOfTheDead()
    {
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync();
        await WaitUntilAllRankAsync(cluster, Users);
        await cluster.Silo(0).KillAsync(Cancellation);
        await cluster.Silo(1).KillAsync(Cancellation);
        cluster.StartSilo(0);

        Answer[] answers = await RankDuringAsync(cluster, Users, () => WaitUntilAllRankAsync(cluster, Users));

        AssertServedOr503(answers);
    }

    /// <summary>Ranks for more and more users until each silo holds some: where a user's grain is placed is the cluster's choice.</summary>
    /// <returns>How many users were ranked for.</returns>
    private static async Task<int> UsersOnBothSilosAsync(ClusterProcesses cluster)
    {
        int users = Users;
        await Eventually.BecomesAsync(
            "both silos hold users",
            async () =>
            {
                await WaitUntilAllRankAsync(cluster, users);
                int[] held = await cluster.UsersPerSiloAsync();
                users += held.Length == 2 && held.All(h => h >= Enough) ? 0 : Enough;
                return string.Join(" and ", held.Select(h => h >= Enough ? "enough" : $"{h}"));
            },
            held => held == "enough and enough",
            cancellationToken: Cancellation);
        return users;
    }

    private static void AssertServedOr503(Answer[] answers) => Assert.All(answers, a => Assert.True(
        a.Status == HttpStatusCode.OK || (a.Status == HttpStatusCode.ServiceUnavailable && a.HasRetryAfter), a.ToString()));

    /// <summary>Ranks for all users through both gateways, one after the other for each user, until a phase is over.</summary>
    private static async Task<Answer[]> RankDuringAsync(ClusterProcesses cluster, int users, Func<Task> phase)
    {
        var answers = new ConcurrentQueue<Answer>();
        using var over = new CancellationTokenSource();
        Task[] load = [.. Enumerable.Range(0, users).Select(user => Task.Run(
            async () =>
            {
                for (int n = 0; !over.IsCancellationRequested; n++)
                {
                    answers.Enqueue(await RankAsync(cluster, user, gateway: (user + n) % 2));
                    await Task.Delay(TimeSpan.FromMilliseconds(100), Cancellation);
                }
            },
            Cancellation))];
        await phase();
        await over.CancelAsync();
        await Task.WhenAll(load);
        return [.. answers];
    }

    private static async Task WaitUntilAllRankAsync(ClusterProcesses cluster, int users) => await Eventually.BecomesAsync(
        "every user is ranked through both gateways",
        async () =>
        {
            Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 2 * users).Select(n => RankAsync(cluster, n / 2, n % 2)));
            return string.Join(", ", answers.CountBy(a => a.Status).Select(c => $"{c.Key}: {c.Value}"));
        },
        statuses => statuses == $"{HttpStatusCode.OK}: {2 * users}",
        cancellationToken: Cancellation);

    private static async Task<Answer> RankAsync(ClusterProcesses cluster, int user, int gateway)
    {
        using HttpResponseMessage answer = await cluster.Http[gateway].PostAsJsonAsync(
            "/v1/rank", new { userId = $"user-{user}", candidates = cluster.ItemIds.Take(5).Select(itemId => new { itemId }) }, Cancellation);
        string body = await answer.Content.ReadAsStringAsync(Cancellation);
        return new($"user-{user}", gateway, answer.StatusCode, answer.Headers.RetryAfter is not null, answer.StatusCode == HttpStatusCode.OK ? "" : body);
    }

    private sealed record Answer(string User, int Gateway, HttpStatusCode Status, bool HasRetryAfter, string Body);
}
