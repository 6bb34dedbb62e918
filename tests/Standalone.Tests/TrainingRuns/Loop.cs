using System.Diagnostics;
using System.Text.Json;
using DinOrleans.Datasets.SampleShop;
using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.TrainingRuns;

/// <summary>
/// The whole way from the log to the active version, watched over REST: shoppers click, the server trains and rolls the version out by itself, and
/// rolls back one that is bad.
/// </summary>
internal sealed class Loop : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Enough users that an arm with a part of them can be told from the champion.</summary>
    public TinyShop Shop { get; } = new(new SampleShopOptions { Users = 400, Items = 200, Topics = 20, RankingsPerUser = 8, Days = 30 });

    /// <summary>Settings of silos: a roll-out goes on as fast as it has data.</summary>
    public static IReadOnlyList<string> SiloSettings { get; } =
    [
        "--Experiments:StageTime", "00:00:01", "--Experiments:StageRankings", "400", "--Experiments:Ramp", "50,100", "--Experiments:GuardRankings", "400",

        // Times on a busy machine say nothing of a version.
        "--Experiments:LatencyFactor", "100",
    ];

    /// <summary>
    /// Settings of the training service: it trains after each thousand clicks, and stands back for nobody. A slice of so few clicks does not tell how good
    /// a version is.
    /// </summary>
    public static IReadOnlyList<string> TrainingSettings { get; } =
    [
        "--Training:NewPositives", "1000", "--Training:Every", "3650.00:00:00", "--Training:WarmStart", "false", "--Training:Niceness", "0",
        "--Training:Options", """{"din":{"training":{"epochs":2}}}""", "--Gates:MaxCalibration", "100", "--Gates:MaxGaucLoss", "1",
        "--Gates:MaxLogLossRise", "10",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Lets the shoppers use a server until they are killed.</summary>
    public Process StartShoppers(Uri server, int seed) => Process.Start(Commands.Start(
        "Cli",
        "shoppers", "--url", server.AbsoluteUri, "--shop", Shop.Dataset, "--candidates", "50", "--limit", "5", "--duration", "1200", "--rate", "60", "--report", "0", "--json",
        "--patience", "120", "--seed", $"{seed}"))!;

    /// <summary>Ends shoppers as Ctrl-C does.</summary>
    /// <returns>Their report.</returns>
    public static async Task<JsonElement> StopShoppersAsync(Process shoppers)
    {
        using (Process kill = Process.Start("kill", ["-INT", $"{shoppers.Id}"]))
        {
            await kill.WaitForExitAsync(Cancellation);
        }

        string report = await shoppers.StandardOutput.ReadToEndAsync(Cancellation);
        await shoppers.WaitForExitAsync(Cancellation);
        return JsonElement.Parse(report);
    }

    /// <summary>Waits until a training that nobody asked for has made a version that became the active one by its roll-out.</summary>
    /// <returns>The version.</returns>
    public static async Task<string> LearnsAsync(HttpClient http)
    {
        JsonElement training = await UntilAsync(
            http,
            "a version is trained from the live log",
            "/v1/trainings",
            t => t.GetProperty("trainings").EnumerateArray().FirstOrDefault(one => Text(one, "trigger") == "newPositives" && Text(one, "state") is "published" or "rejected" or "failed"));
        Assert.True(Text(training, "state") == "published", training.ToString());
        string version = Text(training, "version")!;
        JsonElement rollOut = await EndOfRollOutAsync(http, version);
        Assert.True(Text(rollOut, "status") == "promoted", rollOut.ToString());
        await UntilAsync(http, $"{version} is active", "/v1/models", m => Text(m, "active") == version ? m : default);
        return version;
    }

    /// <summary>Plants a version that has learned nothing, and waits until it is rolled back.</summary>
    /// <returns>Why.</returns>
    public async Task<string> RollsBackAsync(HttpClient http)
    {
        string bad = Shop.WriteVersion(seed: 2);
        JsonElement rollOut;
        do
        {
            // The next training may be through meanwhile, and its version then takes the place of the bad one.
            await PublishAsync(http, bad);
            rollOut = await EndOfRollOutAsync(http, Path.GetFileName(bad));
        }
        while (Text(rollOut, "status") == "stopped");

        Assert.True(Text(rollOut, "status") == "rolledBack", rollOut.ToString());
        JsonElement models = await UntilAsync(http, "the models are named", "/v1/models", m => m);
        Assert.NotEqual(Path.GetFileName(bad), Text(models, "active"));
        return Text(rollOut, "reason")!;
    }

    public static string? Text(JsonElement element, string member) => element.TryGetProperty(member, out JsonElement value) ? value.GetString() : null;

    public void Dispose() => Shop.Dispose();

    /// <summary>Publishes a version; while the cluster gets over the loss of a silo, it may refuse it for now.</summary>
    private static async Task PublishAsync(HttpClient http, string folder) => await Eventually.BecomesAsync(
        $"{folder} is published",
        () => Commands.RunAsync("Cli", Cancellation, "publish", folder, "--to", http.BaseAddress!.AbsoluteUri),
        published => published.ExitCode == 0,
        cancellationToken: Cancellation);

    private static Task<JsonElement> EndOfRollOutAsync(HttpClient http, string version) => UntilAsync(
        http,
        $"the roll-out of {version} ends",
        "/v1/experiments",
        e => e.GetProperty("experiments").EnumerateArray().FirstOrDefault(one =>
            one.GetProperty("arms").EnumerateArray().Any(a => Text(a, "version") == version && Text(a, "arm") == "new") && one.TryGetProperty("endedAt", out _)));

    /// <summary>Asks until there is something to take of the answer.</summary>
    private static async Task<JsonElement> UntilAsync(HttpClient http, string phase, string path, Func<JsonElement, JsonElement> take)
    {
        JsonElement taken = default;
        await Eventually.BecomesAsync<string>(
            phase,
            async () =>
            {
                using HttpResponseMessage answer = await http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
                string body = await answer.Content.ReadAsStringAsync(Cancellation);
                taken = answer.IsSuccessStatusCode ? take(JsonElement.Parse(body)) : default;
                return body;
            },
            _ => taken.ValueKind != JsonValueKind.Undefined,
            Patience,
            Cancellation);
        return taken;
    }
}
