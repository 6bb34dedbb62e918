using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DinOrleans.Contracts.Experiments;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Clustering;

/// <summary>Who ranks for whom where a silo or the database dies in the middle of a ramp and of a publish.</summary>
[Trait("Category", "PostgreSql")]
[Trait("Category", "Slow")]
public sealed class RampFaultTests
{
    private const int Users = 2_000;
    private const int Workers = 16;
    private const int LastStage = 2;
    private const int Enough = 10;

    /// <summary>The pace of each worker: the silo that comes back shares the machine with the load.</summary>
    private static readonly TimeSpan BetweenRankings = TimeSpan.FromMilliseconds(10);

    /// <summary>A lost silo is voted out in seconds; the rest is for a machine that has other work.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task KillOfTheGrainsSilo_InARampAndInAPublish_ChangesNoAssignmentAndBothGoOn() => RunAsync(async (cluster, grain) =>
    {
        int silo = await cluster.SiloOfAsync(grain);
        return async () =>
        {
            await cluster.Silo(silo).KillAsync(Cancellation);
            cluster.StartSilo(silo);
        };
    });

    [Fact]
    public Task CrashOfTheDatabase_InARampAndInAPublish_ChangesNoAssignmentAndBothGoOn() => RunAsync((cluster, _) => Task.FromResult(async () =>
    {
        cluster.Database.Stop();
        await Eventually.BecomesAsync("an event is refused", () => PostEventAsync(cluster), s => s == HttpStatusCode.ServiceUnavailable, cancellationToken: Cancellation);
        cluster.Database.Start();
    }));

    /// <param name="prepare">Of the cluster and the name of the grain that is at work, makes the fault.</param>
    private static async Task RunAsync(Func<ClusterProcesses, string, Task<Func<Task>>> prepare)
    {
        await using ClusterProcesses cluster = await ClusterProcesses.StartAsync(siloSettings: ["--Experiments:RollOut", "Immediate"]);
        ExperimentRun run = await StartRampAsync(cluster);
        Func<Task> fault = await prepare(cluster, "ExperimentsGrain");
        Answer[] answers = await RankDuringAsync(cluster, async () =>
        {
            await StageAsync(cluster, run.Stage + 1);
            await fault();
            await StageAsync(cluster, LastStage);
        });
        string?[][] arms = [.. Enumerable.Range(0, Users).Select(user => Arms(run, user))];
        AssertServedOr503(answers);
        Assert.All(answers.Where(a => a.Status == HttpStatusCode.OK), a => Assert.True(IsOf(a, arms[a.User]), a.ToString()));
        Assert.Contains(answers, a => a.Status == HttpStatusCode.OK && a.Variant == "new");
        await AllAnsweredAsync(cluster, "by the arm that the assignment names", a => IsOf(a, arms[a.User][LastStage..]));
        Assert.Equal(run.Salt, (await cluster.ExperimentAsync("ramp")).Salt);

        string third = await cluster.ImportVersionAsync(seed: 3);
        fault = await prepare(cluster, "ModelRegistryGrain");
        answers = await RankDuringAsync(cluster, async () =>
        {
            await SendAsync(cluster, HttpMethod.Post, "/v1/models", new { version = third });
            await fault();
            await UntilAsync(cluster, "/v1/models", m => m.GetProperty("active").GetString() == third && !m.TryGetProperty("target", out _) && !m.TryGetProperty("retiring", out _));
        });
        AssertServedOr503(answers);
        await UntilAsync(cluster, "/v1/experiments/ramp", e => e.TryGetProperty("endedAt", out _));
        await AllAnsweredAsync(cluster, "by the published version", a => (a.Version, a.Variant, a.Experiment) == (third, ExperimentArm.Champion, null));
        ExperimentRun ended = await cluster.ExperimentAsync("ramp");
        Assert.Equal((ExperimentStatus.Stopped, LastStage), (ended.Status, ended.Stage));
    }

    /// <summary>Starts a canary that goes on as fast as users are ranked for, and stays in its last stage.</summary>
    private static async Task<ExperimentRun> StartRampAsync(ClusterProcesses cluster)
    {
        string second = await cluster.ImportVersionAsync(seed: 2);
        await SendAsync(cluster, HttpMethod.Post, "/v1/models", new { version = second, rollOut = false });
        await SendAsync(
            cluster,
            HttpMethod.Put,
            "/v1/experiments/ramp",
            new { mode = "canary", arms = new[] { new { name = "new", version = second } }, ramp = new[] { 10, 30, 60 }, stageSeconds = 0, stageRankings = 100 });
        await UntilAsync(cluster, "/v1/models", m => m.GetProperty("silos").EnumerateArray().All(s => s.GetProperty("loaded").EnumerateArray().Any(v => v.GetString() == second)));
        ExperimentRun run = await cluster.ExperimentAsync("ramp");
        Assert.Equal(0, run.Stage);
        return run;
    }

    /// <summary>The arm of a user in each stage. A silo may be a stage behind for a second.</summary>
    private static string?[] Arms(ExperimentRun run, int user) => [.. Enumerable.Range(0, LastStage + 1).Select(stage => UserAssignment.Arm(run with { Stage = stage }, $"user-{user}"))];

    private static bool IsOf(Answer answer, string?[] arms) => answer.Experiment == "ramp" && arms.Contains(answer.Variant);

    private static Task StageAsync(ClusterProcesses cluster, int stage) =>
        UntilAsync(cluster, "/v1/experiments/ramp", e => e.GetProperty("stage").GetProperty("number").GetInt32() >= stage);

    private static void AssertServedOr503(Answer[] answers) => Assert.All(
        answers, a => Assert.True(a.Status == HttpStatusCode.OK || (a.Status == HttpStatusCode.ServiceUnavailable && a.HasRetryAfter), a.ToString()));

    /// <summary>Ranks for all users again and again until a phase is over, in turns through both gateways.</summary>
    private static async Task<Answer[]> RankDuringAsync(ClusterProcesses cluster, Func<Task> phase)
    {
        var answers = new ConcurrentQueue<Answer>();
        using var over = new CancellationTokenSource();
        Task[] load = [.. Enumerable.Range(0, Workers).Select(worker => Task.Run(
            async () =>
            {
                for (int n = worker; !over.IsCancellationRequested; n += Workers)
                {
                    answers.Enqueue(await RankAsync(cluster, n % Users, n / Users % 2));
                    await Task.Delay(BetweenRankings, Cancellation);
                }
            },
            Cancellation))];
        try
        {
            await phase();
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(load);
        }

        return [.. answers];
    }

    /// <summary>Ranks once for each user, every other one through the same gateway, until all answers are right. A round ends early where some are not.</summary>
    private static async Task AllAnsweredAsync(ClusterProcesses cluster, string how, Func<Answer, bool> isRight) => await Eventually.BecomesAsync(
        $"every user is answered {how}",
        async () =>
        {
            var wrong = new ConcurrentQueue<Answer>();
            await Parallel.ForEachAsync(Enumerable.Range(0, Users), new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = Cancellation }, async (user, _) =>
            {
                if (wrong.Count >= Enough)
                {
                    return;
                }

                Answer answer = await RankAsync(cluster, user, user % 2);
                if (answer.Status != HttpStatusCode.OK || !isRight(answer))
                {
                    wrong.Enqueue(answer);
                }
            });
            return wrong.ToArray();
        },
        wrong => wrong.Length == 0,
        Patience,
        Cancellation);

    private static async Task<Answer> RankAsync(ClusterProcesses cluster, int user, int gateway)
    {
        using HttpResponseMessage answer = await cluster.Http[gateway].PostAsJsonAsync(
            "/v1/rank", new { userId = $"user-{user}", candidates = cluster.ItemIds.Take(5).Select(itemId => new { itemId }) }, Cancellation);
        string body = await answer.Content.ReadAsStringAsync(Cancellation);
        bool isModel = answer.StatusCode == HttpStatusCode.OK;
        JsonElement model = isModel ? JsonElement.Parse(body).GetProperty("model") : default;
        return new(user, answer.StatusCode, answer.Headers.RetryAfter is not null, isModel ? Text(model, "version") : body, isModel ? Text(model, "variant") : null, isModel ? Text(model, "experiment") : null);
    }

    private static async Task<HttpStatusCode> PostEventAsync(ClusterProcesses cluster)
    {
        object click = new { eventId = "e1", userId = "someone", itemId = cluster.ItemIds[0], type = "click", timestamp = DateTimeOffset.UtcNow.AddMinutes(-1) };
        using HttpResponseMessage answer = await cluster.Http[0].PostAsJsonAsync("/v1/events", new { events = new[] { click } }, Cancellation);
        return answer.StatusCode;
    }

    private static async Task SendAsync(ClusterProcesses cluster, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using HttpResponseMessage answer = await cluster.Http[0].SendAsync(request, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>Asks until an answer is as wanted. While the cluster gets over a fault it may refuse to answer.</summary>
    private static async Task UntilAsync(ClusterProcesses cluster, string path, Func<JsonElement, bool> condition)
    {
        bool isMet = false;
        try
        {
            await Eventually.BecomesAsync<string>(
                $"{path} is as wanted",
                async () =>
                {
                    using HttpResponseMessage answer = await cluster.Http[0].GetAsync(new Uri(path, UriKind.Relative), Cancellation);
                    string body = await answer.Content.ReadAsStringAsync(Cancellation);
                    isMet = answer.IsSuccessStatusCode && condition(JsonElement.Parse(body));
                    return body;
                },
                _ => isMet,
                Patience,
                Cancellation);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message}\n{cluster.Output}", e);
        }
    }

    private static string? Text(JsonElement element, string member) => element.TryGetProperty(member, out JsonElement value) ? value.GetString() : null;

    private sealed record Answer(int User, HttpStatusCode Status, bool HasRetryAfter, string? Version, string? Variant, string? Experiment);
}
